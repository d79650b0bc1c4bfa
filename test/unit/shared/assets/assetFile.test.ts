import type { InternalFiles } from '../../../../nodes/shared/assets/assetFile';
import {
	AssetError,
	checkedFileUrl,
	fileNameOf,
	mimeTypeOf,
} from '../../../../nodes/shared/assets/assetFile';

const url = 'https://uploads.fetchhive.com/step_3/image_1.png?signature=abc';

describe('the name of a file', () => {
	const nameOf = (fileName: string | undefined, fileUrl = url) =>
		fileNameOf({ fileName, fileUrl }, 'asset_0');

	it('is the one Fetch Hive gives', () => {
		expect(nameOf('a hive, drawn (2).png')).toBe('a hive, drawn (2).png');
		expect(nameOf('Bienenkörbe 🐝.png')).toBe('Bienenkörbe 🐝.png');
	});

	it.each([
		['../../etc/passwd', 'passwd'],
		['/etc/cron.d/job', 'job'],
		['..\\..\\windows\\system.ini', 'system.ini'],
		['C:\\temp\\a.png', 'a.png'],
		['a\u0000/b\u0000.png', 'b.png'],
		['line\r\nSet-Cookie: a.png', 'lineSet-Cookie: a.png'],
		['holiday\u202egnp.exe', 'holidaygnp.exe'],
		['  spaced.png  ', 'spaced.png'],
		['\u200b.hidden', '.hidden'],
		['\ufeffa\ud83d.png', 'a.png'],
		['👩\u200d💻 می\u200cخواهم ❤\ufe0f.png', '👩\u200d💻 می\u200cخواهم ❤\ufe0f.png'],
	])('is a name only: %j', (fileName, name) => {
		expect(nameOf(fileName)).toBe(name);
	});

	it.each(['a', 'ü', '🐝', '👩‍👩‍👧', '❤️', 'e\u0301', '🇩🇪'])(
		'is cut to 255 bytes between characters, and keeps its ending: %s',
		(character) => {
			const bytes = Buffer.byteLength(character);
			const count = Math.floor((255 - 4) / bytes);
			expect(nameOf(`${character.repeat(5000)}.png`)).toBe(`${character.repeat(count)}.png`);
			expect(nameOf(character.repeat(count))).toBe(character.repeat(count));
		},
	);

	it('is cut where it ends in no ending, and not taken where it is one endless character', () => {
		expect(nameOf('a'.repeat(5000))).toBe('a'.repeat(255));
		expect(nameOf(`${'a'.repeat(5000)}.${'b'.repeat(300)}`)).toBe('a'.repeat(255));
		expect(nameOf(`e${'\u0301'.repeat(5000)}.png`)).toBe('image_1.png');
	});

	it.each([undefined, '', '   ', '.', '..', '...', 'folder/', '\u0000', '\u200d'])(
		'is taken from the address, without its query, when it says nothing: %j',
		(fileName) => {
			expect(nameOf(fileName)).toBe('image_1.png');
		},
	);

	it.each([
		['https://uploads.fetchhive.com/a%20b.png', 'a b.png'],
		['https://uploads.fetchhive.com/..%2f..%2fpasswd', 'passwd'],
		['https://uploads.fetchhive.com/100%.png', '100%.png'],
		['https://uploads.fetchhive.com/', 'asset_0'],
		['https://uploads.fetchhive.com/%2e%2e', 'asset_0'],
		['no address', 'asset_0'],
	])('taken from %s is %s', (fileUrl, name) => {
		expect(nameOf(undefined, fileUrl)).toBe(name);
	});
});

describe('the type of a file', () => {
	const typeOf = (fileType: string | undefined, contentType?: unknown, name = 'asset_0') =>
		mimeTypeOf({ fileUrl: url, fileType }, contentType, name);

	it.each([
		['image/png', 'text/html', 'image/png'],
		['image/svg+xml', undefined, 'image/svg+xml'],
		[undefined, 'image/jpeg', 'image/jpeg'],
		['png', 'image/png; charset=binary', 'image/png'],
		['image/png\r\nX: y', 'image/gif', 'image/gif'],
		[undefined, undefined, 'application/octet-stream'],
		['image', ['image/png'], 'application/octet-stream'],
		[undefined, '', 'application/octet-stream'],
		['text/plain; charset=utf-8', 'text/html', 'text/plain'],
		['application/octet-stream', 'image/png', 'image/png'],
		['application/octet-stream; a=b', 'application/octet-stream', 'application/octet-stream'],
	])('said as %j and sent as %j is %s', (fileType, contentType, type) => {
		expect(typeOf(fileType, contentType)).toBe(type);
		const isUnknown = type === 'application/octet-stream';
		expect(typeOf(fileType, contentType, 'a.png')).toBe(isUnknown ? undefined : type);
	});
});

describe('the address of a file', () => {
	const ORIGIN = 'http://127.0.0.1:4000';
	const EVERY_SETTING: InternalFiles[] = ['none', { origin: ORIGIN }, 'all'];

	it('is taken as it is when it is public', () => {
		for (const setting of EVERY_SETTING) expect(checkedFileUrl(url, setting).href).toBe(url);
	});

	it.each([
		['file:///etc/passwd', 'Its address is not a web address'],
		['ftp://uploads.fetchhive.com/a.png', 'Its address is not a web address'],
		['data:image/png;base64,AAAA', 'Its address is not a web address'],
		['/files/a.png', 'Its address is not a web address'],
		['https://user:secret@uploads.fetchhive.com/a', 'Its address holds a user name or a password'],
		['https://user@uploads.fetchhive.com/a', 'Its address holds a user name or a password'],
	])('is refused wherever Fetch Hive is: %s', (address, message) => {
		for (const setting of EVERY_SETTING) {
			expect(() => checkedFileUrl(address, setting)).toThrow(new AssetError(message));
		}
	});

	it.each([
		'http://127.0.0.1:5678/rest/settings',
		'https://localhost/a.png',
		'https://10.0.0.1/a.png',
		'https://[::1]/a.png',
		'https://8.8.8.8/a.png',
		'https://[2606:4700::1111]/a.png',
		'https://2130706433/a.png',
		'https://0x7f.1/a.png',
		'http://redis:6379/',
		'https://files.internal/a.png',
	])('without a public name is taken only where the user says so: %s', (address) => {
		const place = /^Its host is an IP address or a name of a local network \(/;
		for (const setting of ['none', { origin: ORIGIN }] as const) {
			expect(() => checkedFileUrl(address, setting)).toThrow(place);
		}
		expect(checkedFileUrl(address, 'all')).toBeInstanceOf(URL);
	});

	it.each([
		[ORIGIN, 'http://127.0.0.1:4000/files/a.png?signature=abc'],
		['https://fetch-hive.internal', 'https://fetch-hive.internal:443/a.png'],
		['http://emulator:4000', 'http://EMULATOR:4000/a.png'],
		['http://[::1]:4000', 'http://[0:0::1]:4000/a.png'],
	])("is taken where it is the API's own, on a local network: %s", (origin, address) => {
		expect(checkedFileUrl(address, { origin })).toEqual(new URL(address));
	});

	it.each([
		'http://127.0.0.1/a.png',
		'http://127.0.0.1:4001/a.png',
		'https://127.0.0.1:4000/a.png',
		'http://localhost:4000/a.png',
		'http://127.0.0.2:4000/a.png',
		'http://emulator:4000/a.png',
	])("is refused when it is near the API's own only: %s", (address) => {
		expect(() => checkedFileUrl(address, { origin: ORIGIN })).toThrow(
			new AssetError(
				`Its host is an IP address or a name of a local network (${new URL(address).host}) and not the API's own (${ORIGIN})`,
			),
		);
	});

	it.each([
		'http://169.254.169.254/latest/meta-data/',
		'https://[::ffff:10.0.0.1]/a.png',
		'https://[64:ff9b::10.0.0.1]/a.png',
		'http://[fe80::1]/a.png',
		'http://168.63.129.16/machine',
		'http://metadata.google.internal/computeMetadata/v1/',
	])('is never link-local nor a metadata service, whatever is set: %s', (address) => {
		const itsOwn = { origin: new URL(address).origin };
		for (const setting of [...EVERY_SETTING, itsOwn]) {
			expect(() => checkedFileUrl(address, setting)).toThrow(
				"Its address is link-local or a cloud's metadata service (",
			);
		}
	});

	it('must be encrypted on the internet, whatever is set', () => {
		for (const setting of EVERY_SETTING) {
			expect(() => checkedFileUrl('http://uploads.fetchhive.com/a.png', setting)).toThrow(
				'Its address does not start with https://',
			);
		}
	});

	it('never stands in a refusal, since it may be signed', () => {
		const messageOf = (address: string) => {
			try {
				return checkedFileUrl(address, { origin: ORIGIN }).href;
			} catch (error) {
				return (error as Error).message;
			}
		};
		const hosts = ['ftp://a.example', 'https://10.0.0.1', 'http://169.254.1.1', 'http://b.example'];
		for (const host of hosts) expect(messageOf(`${host}/x?key=s3cret`)).not.toContain('s3cret');
	});
});
