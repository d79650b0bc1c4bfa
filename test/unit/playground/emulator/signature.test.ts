import { createHmac } from 'crypto';
import fc from 'fast-check';

import { signatureHeaders } from '../../../../playground/emulator/signature';
import { defaultSwitches, switchesWith } from '../../../../playground/emulator/switches';

const bytes = fc.uint8Array().map((array) => Buffer.from(array));

it('is the HMAC of whatever bytes, with the UTF-8 bytes of whatever key', () => {
	fc.assert(
		fc.property(bytes, fc.string({ unit: 'grapheme' }), (rawBody, key) => {
			const expected = createHmac('sha256', Buffer.from(key)).update(rawBody).digest('hex');
			const headers = signatureHeaders(rawBody, key, defaultSwitches());
			expect(headers).toEqual({ 'X-Fetch-Hive-Signature': expected });
		}),
	);
});

it('is another one for other bytes', () => {
	fc.assert(
		fc.property(bytes, bytes, (one, other) => {
			fc.pre(!one.equals(other));
			const switches = defaultSwitches();
			expect(signatureHeaders(one, 'k', switches)).not.toEqual(
				signatureHeaders(other, 'k', switches),
			);
		}),
	);
});

it('is made with the bytes that a secret holds in base64, if the switch says so', () => {
	fc.assert(
		fc.property(bytes, bytes, (rawBody, key) => {
			const switches = switchesWith(defaultSwitches(), { signatureKey: 'base64' });
			const expected = createHmac('sha256', key).update(rawBody).digest('hex');
			const secret = `whsec_${key.toString('base64')}`;
			expect(signatureHeaders(rawBody, secret, switches)).toEqual({
				'X-Fetch-Hive-Signature': expected,
			});
		}),
	);
});
