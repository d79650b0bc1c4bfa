import type { IBinaryData } from 'n8n-workflow';
import { BINARY_ENCODING } from 'n8n-workflow';

import type { Emulator } from '../../playground/emulator';

/** What reached the emulator's file host. */
export const fileRequests = ({ requests }: Emulator) =>
	requests.filter(({ path }) => path.startsWith('/files/'));

/** The bytes of a file: n8n's engine, without a server around it, keeps them in the item. */
export const downloadedBytes = ({ data }: IBinaryData) => Buffer.from(data, BINARY_ENCODING);
