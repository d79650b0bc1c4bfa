import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { BINARY_ENCODING } from 'n8n-workflow';

import type { Emulator } from '../../playground/emulator';

/** What reached the emulator's file host. */
export const fileRequests = ({ requests }: Emulator) =>
	requests.filter(({ path }) => path.startsWith('/files/'));

/** The bytes of a file: n8n's engine, without a server around it, keeps them in the item. */
export const downloadedBytes = ({ data }: IBinaryData) => Buffer.from(data, BINARY_ENCODING);

/** The output of a run that makes images. */
export async function imageOutput({ apiKey, baseUrl }: Emulator, count = 1) {
	const response = await fetch(`${baseUrl}/workflow/invoke`, {
		method: 'POST',
		headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
		body: JSON.stringify({
			deployment: 'generate-image',
			variant: 'production',
			inputs: { prompt: 'a hive', count },
		}),
	});
	return ((await response.json()) as { output: { assets: IDataObject[] } }).output;
}
