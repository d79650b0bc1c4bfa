import { createHmac } from 'crypto';
import fc from 'fast-check';

import { signatureHeaders } from '../../../../playground/emulator/signature';
import { defaultSwitches } from '../../../../playground/emulator/switches';

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
