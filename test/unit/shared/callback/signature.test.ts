import { SIGNATURE_HEADER } from '../../../../nodes/shared/callback/signature';
import type { SignatureRefusal } from './signing';
import {
	base64,
	BODY,
	expectRefused,
	FOREIGN,
	hex,
	hmac,
	NOW,
	PREVIOUS,
	SECRET,
	verify,
} from './signing';

const HEX = hex(SECRET, BODY);
const BASE64 = base64(SECRET, BODY);
const OTHER_HEX = hex(FOREIGN, BODY);
const OTHER_BASE64 = base64(FOREIGN, BODY);
const T = `t=${NOW}`;
const TIMED_HEX = hex(SECRET, `${NOW}.`, BODY);
const TIMED_BASE64 = base64(SECRET, `${NOW}.`, BODY);

it('takes the signature from the header that Fetch Hive documents', () => {
	expect(SIGNATURE_HEADER).toBe('x-fetch-hive-signature');
});

it('computes the HMAC-SHA256 of RFC 4231, test case 2', () => {
	const header = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
	const received = { header, body: Buffer.from('what do ya want for nothing?') };
	expect(verify({ ...received, secrets: ['Jefe'] })).toEqual({ valid: true });
	expect(verify({ ...received, secrets: ['jefe'] }).valid).toBe(false);
});

describe('accepts every documented way to write the one signature', () => {
	it.each([
		['hex in lower case', HEX],
		['hex in upper case', HEX.toUpperCase()],
		['hex in mixed case', `${HEX.slice(0, 32).toUpperCase()}${HEX.slice(32)}`],
		['base64', BASE64],
		['hex after sha256=', `sha256=${HEX}`],
		['hex in upper case after sha256=', `sha256=${HEX.toUpperCase()}`],
		['base64 after sha256=', `sha256=${BASE64}`],
		['hex after v1=', `v1=${HEX}`],
		['base64 after v1=', `v1=${BASE64}`],
		['first of a list with a comma', `${HEX},${OTHER_HEX}`],
		['last of a list with a comma', `${OTHER_HEX},${HEX}`],
		['last of a list with a space', `${OTHER_HEX} ${HEX}`],
		['middle of a list of three', `v1=${OTHER_HEX} v1=${HEX} v1=${OTHER_BASE64}`],
		['a list of both encodings', `${OTHER_BASE64},${HEX}`],
		['a duplicated header, joined by Node', `${HEX}, ${HEX}`],
		['a duplicated header with a prefix', `sha256=${HEX}, sha256=${HEX}`],
		['a duplicated header, one copy made with another secret', `${OTHER_HEX}, ${HEX}`],
		['spaces around', `  ${HEX} `],
		['commas around', `,${HEX},`],
		['t= and hex after v1=', `${T},v1=${TIMED_HEX}`],
		['t= and hex in upper case', `${T},v1=${TIMED_HEX.toUpperCase()}`],
		['t= and bare hex', `${T},${TIMED_HEX}`],
		['t= and base64', `${T},${TIMED_BASE64}`],
		['t= and base64 after v1=', `${T},v1=${TIMED_BASE64}`],
		['t= and hex after sha256=', `${T},sha256=${TIMED_HEX}`],
		['t= with a space', `${T} v1=${TIMED_HEX}`],
		['t= with a comma and a space', `${T}, v1=${TIMED_HEX}`],
		['t= at the end', `v1=${TIMED_HEX},${T}`],
		['t= and two signatures', `${T},v1=${OTHER_HEX},v1=${TIMED_HEX}`],
	])('%s', (_, header) => {
		expect(verify({ header })).toEqual({ valid: true });
	});

	it('base64 with each of its special characters', () => {
		const bodies = Array.from({ length: 200 }, (_, index) => Buffer.from(`body ${index}`));
		const special = bodies.filter((body) => /\+.*\/|\/.*\+/.test(base64(SECRET, body)));
		expect(special.length).toBeGreaterThan(0);
		for (const body of special) {
			expect(verify({ header: base64(SECRET, body), body })).toEqual({ valid: true });
		}
	});

	it('a timestamp with zeros in front, which are part of what is signed', () => {
		const padded = `0${NOW}`;
		const header = `t=${padded},v1=${hex(SECRET, `${padded}.`, BODY)}`;
		expect(verify({ header })).toEqual({ valid: true });
		expectRefused({ header: `t=${padded},v1=${TIMED_HEX}` }, 'signature does not match');
	});
});

describe('refuses a header', () => {
	const flipped = `${HEX[0] === '0' ? '1' : '0'}${HEX.slice(1)}`;
	const malformed: SignatureRefusal = 'signature header malformed';
	const mismatch: SignatureRefusal = 'signature does not match';
	const missing: SignatureRefusal = 'signature header missing';

	it.each<[string, string | undefined, ...SignatureRefusal[]]>([
		['that did not come', undefined, missing],
		['that is empty', '', missing],
		['of spaces only', '   ', missing, malformed],
		['of commas only', ',,,', malformed],
		['with one changed character', flipped, mismatch],
		['with one changed character after a prefix', `sha256=${flipped}`, mismatch],
		['of hex without its last character', HEX.slice(0, -1), malformed],
		['of hex without its first character', HEX.slice(1), malformed],
		['of half the hex', HEX.slice(0, 32), malformed],
		['of hex with a character too many', `${HEX}0`, malformed],
		['of hex twice without a separator', `${HEX}${HEX}`, malformed],
		['of hex cut in two by a space', `${HEX.slice(0, 32)} ${HEX.slice(32)}`, malformed],
		['of base64 without its last characters', BASE64.slice(0, -2), malformed],
		['of base64 with a character too many', `${BASE64}=`, malformed],
		['of base64 of the hex text', Buffer.from(HEX).toString('base64'), malformed],
		['of a prefix only', 'sha256=', malformed],
		['with two prefixes', `sha256=v1=${HEX}`, malformed],
		['with an unknown prefix', `sha1=${HEX}`, malformed],
		['with a space after the prefix', `sha256= ${HEX}`, malformed],
		['in quotes', `"${HEX}"`, malformed],
		['with a newline at its end', `${HEX}\n`, malformed],
		['with a tab at its end', `${HEX}\t`, malformed],
		['with a NUL at its end', `${HEX}\0`, malformed],
		['with a semicolon as separator', `${HEX};${HEX}`, malformed],
		['that is partly garbage', `${HEX}, garbage`, malformed],
		['of non-ASCII text', '🐝 подпись', malformed],
		['of 64 non-ASCII digits', '٣'.repeat(64), malformed],
		['with a full-width hex digit', `\uff10${HEX.slice(1)}`, malformed],
		['made with another secret', OTHER_HEX, mismatch],
		['made with another secret, in base64', OTHER_BASE64, mismatch],
		['made with the secret and a newline', hex(`${SECRET}\n`, BODY), mismatch],
		['made with the secret and a space', hex(`${SECRET} `, BODY), mismatch],
		['made with the secret in another case', hex(SECRET.toUpperCase(), BODY), mismatch],
		['made with an empty secret', hex('', BODY), mismatch],
		['made with the previous secret, which is not set', hex(PREVIOUS, BODY), mismatch],
		['of another body', hex(SECRET, '{}'), mismatch],
		['of the body and a newline', hex(SECRET, BODY, '\n'), mismatch],
		['that is the secret itself', SECRET, malformed],
		['of zeros', '0'.repeat(64), mismatch],
		['made over t.body but sent without t', `v1=${TIMED_HEX}`, mismatch],
		['with t and a signature of the bare body', `${T},v1=${HEX}`, mismatch],
		['with t and a signature of the bare body in base64', `${T},${BASE64}`, mismatch],
		['with a t other than the signed one', `t=${NOW - 1},v1=${TIMED_HEX}`, mismatch],
		['with t alone', T, malformed],
		['with two equal t', `${T},${T},v1=${TIMED_HEX}`, malformed],
		['with two different t', `${T},t=${NOW - 1},v1=${TIMED_HEX}`, malformed],
		['that came twice, each with its t', `${T},v1=${TIMED_HEX}, ${T},v1=${TIMED_HEX}`, malformed],
	])('%s', (_, header, ...reasons) => {
		expectRefused({ header }, ...reasons);
	});

	it.each([
		'',
		'now',
		'-1',
		'1e9',
		'0x6b49d200',
		'1800000000.5',
		'１８００００００００',
		'+1',
		'NaN',
	])('whose t is not a whole number of seconds: t=%s', (t) => {
		const header = `t=${t},v1=${hex(SECRET, `${t}.`, BODY)}`;
		expectRefused({ header }, 'signature header malformed');
	});

	it('whose t counts milliseconds', () => {
		const t = NOW * 1000;
		expectRefused({ header: `t=${t},v1=${hex(SECRET, `${t}.`, BODY)}` });
	});

	it('of 1 MB, whatever it holds', () => {
		const megabyte = 1024 * 1024;
		for (const header of [
			'a'.repeat(megabyte),
			`${HEX},`.repeat(megabyte / 65),
			' '.repeat(megabyte),
		]) {
			expectRefused({ header }, 'signature header too long');
		}
	});

	it('of base64 whose last character has other spare bits', () => {
		const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
		const sameBytes = [...alphabet]
			.map((character) => `${BASE64.slice(0, -2)}${character}=`)
			.filter((text) => Buffer.from(text, 'base64').equals(hmac(SECRET, BODY)));
		expect(sameBytes).toHaveLength(4);
		for (const header of sameBytes.filter((text) => text !== BASE64)) {
			expectRefused({ header }, 'signature does not match');
		}
	});

	it('of base64 in the alphabet for URLs', () => {
		const bodies = Array.from({ length: 50 }, (_, index) => Buffer.from(`body ${index}`));
		const special = bodies.filter((body) => /[+/]/.test(base64(SECRET, body)));
		expect(special.length).toBeGreaterThan(0);
		for (const body of special) {
			const header = base64(SECRET, body).replaceAll('+', '-').replaceAll('/', '_');
			expectRefused({ header, body }, 'signature header malformed');
		}
	});
});

describe('a single flipped bit', () => {
	function flips(header: string): string[] {
		return [...header].flatMap((character, index) =>
			Array.from({ length: 8 }, (_, bit) => {
				const changed = String.fromCharCode(character.charCodeAt(0) ^ (1 << bit));
				return `${header.slice(0, index)}${changed}${header.slice(index + 1)}`;
			}),
		);
	}

	it('of a hex signature refuses it, unless only the case of a letter changes', () => {
		for (const header of flips(HEX)) {
			if (header.toLowerCase() === HEX) expect(verify({ header })).toEqual({ valid: true });
			else expectRefused({ header });
		}
	});

	it('of a base64 signature refuses it', () => {
		for (const header of flips(BASE64)) expectRefused({ header });
	});

	it('of the timestamp refuses it', () => {
		for (const t of flips(T)) expectRefused({ header: `${t},v1=${TIMED_HEX}` });
	});

	it('of the body refuses it', () => {
		for (let bit = 0; bit < BODY.length * 8; bit++) {
			const body = Buffer.from(BODY);
			body[bit >> 3] ^= 1 << (bit & 7);
			expectRefused({ header: HEX, body }, 'signature does not match');
			expectRefused({ header: `${T},v1=${TIMED_HEX}`, body }, 'signature does not match');
		}
	});
});

describe('a timestamp', () => {
	function headerOf(distance: number): string {
		const t = NOW + distance;
		return `t=${t},v1=${hex(SECRET, `${t}.`, BODY)}`;
	}

	it.each([0, -1, 1, -299, 299, -300, 300])('%i seconds from now is accepted', (distance) => {
		expect(verify({ header: headerOf(distance) })).toEqual({ valid: true });
	});

	it.each([-301, 301, -3600, 3600, -86_400, 86_400, -NOW])(
		'%i seconds from now is refused',
		(distance) => {
			expectRefused({ header: headerOf(distance) }, 'timestamp too far away');
		},
	);
});

describe('the secrets', () => {
	it.each([
		['the current one', SECRET],
		['the previous one', PREVIOUS],
	])('accept a signature made with %s while a secret is being replaced', (_, secret) => {
		const secrets = [SECRET, PREVIOUS];
		const timed = `${T},v1=${hex(secret, `${NOW}.`, BODY)}`;
		for (const header of [hex(secret, BODY), `sha256=${base64(secret, BODY)}`, timed]) {
			expect(verify({ header, secrets })).toEqual({ valid: true });
		}
	});

	it('refuse a third secret while two are set', () => {
		const header = hex(FOREIGN, BODY);
		expectRefused({ header, secrets: [SECRET, PREVIOUS] }, 'signature does not match');
	});

	it.each([
		['none', []],
		['an empty one', ['']],
		['two empty ones', ['', '']],
		['a space', [' ']],
		['line breaks and tabs', ['\r\n\t']],
	])('refuse everything when there is no usable one: %s', (_, secrets: string[]) => {
		for (const key of ['', ...secrets, SECRET]) {
			const reason = 'no usable signing secret';
			expectRefused({ header: hex(key, BODY), secrets }, reason);
			expectRefused({ header: base64(key, BODY), secrets }, reason);
		}
		expectRefused({ header: undefined, secrets }, 'signature header missing');
	});

	it('pass over a blank one beside a usable one', () => {
		expect(verify({ header: HEX, secrets: ['', SECRET] })).toEqual({ valid: true });
		expect(verify({ header: HEX, secrets: [SECRET, ' '] })).toEqual({ valid: true });
		const secrets = [SECRET, '', ' '];
		expectRefused({ header: hex('', BODY), secrets }, 'signature does not match');
		expectRefused({ header: hex(' ', BODY), secrets }, 'signature does not match');
	});

	it('count by their UTF-8 bytes', () => {
		const secret = 'schlüssel 🐝';
		expect(verify({ header: hex(secret, BODY), secrets: [secret] })).toEqual({ valid: true });
		expectRefused({ header: hex('schlussel 🐝', BODY), secrets: [secret] });
	});

	it('may be longer than a block of the hash', () => {
		const secret = 'ab '.repeat(100);
		expect(verify({ header: hex(secret, BODY), secrets: [secret] })).toEqual({ valid: true });
		expectRefused({ header: hex(secret, BODY), secrets: [secret.slice(0, 64)] });
	});
});

describe('a secret that starts with whsec_', () => {
	/** Of the Standard Webhooks convention's own example; computed with OpenSSL, by either key. */
	const secret = ['whsec', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'].join('_');
	const body = Buffer.from('{"event_type":"workflow.completed","request_id":"req_7"}');
	const byOwnBytes = 'f41438c023607a154c2ec1fc4df3e40a83e58aabc603d48f4c083bb555409a34';
	const byDecodedRest = '15a41cbcd4972bda951e3f6190b3c378d1dcdaa13c577d952a818289e71069aa';

	it.each([
		['its own bytes', byOwnBytes],
		['what its rest holds in base64', byDecodedRest],
	])('accepts a signature made with %s', (_, signature) => {
		const asBase64 = Buffer.from(signature, 'hex').toString('base64');
		for (const header of [signature, `v1=${signature.toUpperCase()}`, asBase64]) {
			expect(verify({ header, body, secrets: [secret] })).toEqual({ valid: true });
			expect(verify({ header, body, secrets: [SECRET, secret] })).toEqual({ valid: true });
		}
	});

	it('accepts either with a timestamp', () => {
		const rest = Buffer.from(secret.slice('whsec_'.length), 'base64');
		for (const key of [secret, rest]) {
			const header = `${T},v1=${hex(key, `${NOW}.`, body)}`;
			expect(verify({ header, body, secrets: [secret] })).toEqual({ valid: true });
		}
	});

	it.each([
		['the rest as text', secret.slice('whsec_'.length)],
		['the decoded whole', Buffer.from(secret, 'base64')],
		['an empty key', ''],
		['the decoded rest of another one', Buffer.from(FOREIGN)],
	])('refuses a signature made with %s', (_, key) => {
		const header = hex(key, body);
		expectRefused({ header, body, secrets: [secret] }, 'signature does not match');
	});

	it.each([
		['with padding', 'whsec_YSBrZXkgb2YgdHdlbnR5LXR3byBieQ=='],
		['without its padding', 'whsec_YSBrZXkgb2YgdHdlbnR5LXR3byBieQ'],
	])('takes base64 %s', (_, padded) => {
		const header = hex(Buffer.from('a key of twenty-two by'), body);
		expect(verify({ header, body, secrets: [padded] })).toEqual({ valid: true });
	});

	it.each([
		['characters that base64 does not have', 'whsec_the secret, in words'],
		['the alphabet for URLs', 'whsec_-_-_-_-_-_-_-_-_-_-_-_-_'],
		['a length that base64 does not have', 'whsec_abcde'],
		['a line break in it', 'whsec_MfKQ9r8GKYqrTwjU\nPD8ILPZIo2LaLaSw'],
		['padding in the middle', 'whsec_MfKQ9r8GKYqr==TwjUPD8ILPZIo2LaLaSw'],
		['nothing', 'whsec_'],
	])('is used as it is written when behind the prefix stands %s', (_, odd) => {
		expect(verify({ header: hex(odd, body), body, secrets: [odd] })).toEqual({ valid: true });
		const decoded = Buffer.from(odd.slice('whsec_'.length), 'base64');
		for (const key of [decoded, '']) {
			expectRefused({ header: hex(key, body), body, secrets: [odd] }, 'signature does not match');
		}
	});

	it('never signs with a key of zeros only, which is the same as none', () => {
		const zeros = 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
		for (const key of ['', Buffer.alloc(24)]) {
			expectRefused({ header: hex(key, body), body, secrets: [zeros] }, 'signature does not match');
		}
	});

	it('is told by its prefix only as it is written', () => {
		for (const other of [secret.replace('whsec_', ''), secret.replace('whsec_', 'WHSEC_')]) {
			const header = byDecodedRest;
			expectRefused({ header, body, secrets: [other] }, 'signature does not match');
		}
	});
});

async function inflate(compressed: Buffer): Promise<Buffer> {
	const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream('gzip'));
	return Buffer.from(await new Response(stream).arrayBuffer());
}

describe('the body is taken byte for byte', () => {
	const json = '{"data":{"output":"bees"}}';
	const gzipped =
		'H4sIAAAAAAAAA6tWSi1LzSuJL6ksSFWyUirPL8pOy8kv10vOzy3ISS1JTVHSUUpJLElUsqpWyi8tKSgtAapKSk0tVqqtBQDDyT+IPAAAAA==';

	it.each<[string, Buffer]>([
		['empty', Buffer.alloc(0)],
		['with a byte order mark', Buffer.from(`\ufeff${json}`)],
		['with CRLF line ends', Buffer.from('{\r\n\t"data": {}\r\n}\r\n')],
		['with emoji', Buffer.from('{"output":"🐝👩‍🔬"}')],
		['with a NUL', Buffer.from('{"output":"a\0b"}')],
		['with bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0xc3, 0x28, 0x80, 0x7d])],
		['with other spacing than JavaScript writes', Buffer.from('{ "data" : {"output":"bees" } }')],
		['with escapes that JavaScript would not write', Buffer.from('{"output":"\\u0062ees\\/"}')],
		['with a number that JavaScript writes otherwise', Buffer.from('{"output":1.0e2}')],
		['that is no JSON', Buffer.from('event=completed&output=bees')],
		['that is compressed', Buffer.from(gzipped, 'base64')],
		['of 1 MB', Buffer.alloc(1024 * 1024, 'bees ')],
	])('%s', (_, body) => {
		const timed = `${T},v1=${hex(SECRET, `${NOW}.`, body)}`;
		for (const header of [hex(SECRET, body), `sha256=${base64(SECRET, body)}`, timed]) {
			expect(verify({ header, body })).toEqual({ valid: true });
			const more = Buffer.concat([body, Buffer.from(' ')]);
			expect(verify({ header, body: more }).valid).toBe(false);
		}
		expect(verify({ header: hex(FOREIGN, body), body }).valid).toBe(false);
	});

	it.each([
		['spacing', '{ "data" : {"output":"bees"} }'],
		['a byte order mark', `\ufeff${json}`],
		['line ends', '{"data":\r\n{"output":"bees"}}'],
		['escapes', '{"data":{"output":"\\u0062ees"}}'],
	])('a body written anew, without its %s, is refused', (_, sent) => {
		const rewritten = JSON.stringify(JSON.parse(sent.replace('\ufeff', '')));
		expect(rewritten).toBe(json);
		const header = hex(SECRET, sent);
		expect(verify({ header, body: Buffer.from(sent) })).toEqual({ valid: true });
		expectRefused({ header, body: Buffer.from(rewritten) }, 'signature does not match');
	});

	it('a gzip-encoded request verifies by its inflated bytes, not by the compressed ones', async () => {
		const inflated = Buffer.from('{"event_type":"workflow.completed","data":{"output":"bees"}}');
		const header = hex(SECRET, inflated);
		expect(verify({ header, body: inflated })).toEqual({ valid: true });
		const compressed = Buffer.from(gzipped, 'base64');
		expect(await inflate(compressed)).toEqual(inflated);
		expectRefused({ header, body: compressed }, 'signature does not match');
	});
});
