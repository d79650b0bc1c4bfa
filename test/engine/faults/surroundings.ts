import type { Emulator } from '../../../playground/emulator';
import { startEmulator } from '../../../playground/emulator';
import { deploymentOf, faults } from '../../../playground/emulator/faults';
import type { Operation } from './operations';
import { startUntrustedServer } from './tlsServer';

/** What one call meets: a Fetch Hive of its own, or none. */
interface Surroundings {
	api: { baseUrl: string; apiKey: string };
	/** The deployment or agent to invoke, or the request to look up. */
	target: string;
	/** How many requests of the operation have arrived. */
	requests(): number;
	/** How many runs they have started. */
	runs(): number;
	/** What must be found nowhere. */
	secrets: string[];
	close(): Promise<void>;
}

/** By what each fault is told apart, and how it is made. */
export type Opening = (operation: Operation) => Promise<Surroundings>;

const API_KEY = 'fhk_of_these_tests';
const NEVER_MILLISECONDS = 3_600_000;

/** The faults that need no HTTP server of ours: the base URL makes them. */
export const BY_BASE_URL: Record<string, { description: string; open: Opening }> = {
	connection_refused: {
		description: 'nothing listens at the Base URL',
		// The port "discard": systems give it to nobody who asks for any free port.
		open: async () => unreached('http://127.0.0.1:9/v1'),
	},
	unknown_host: {
		description: 'the host of the Base URL has no address (DNS)',
		open: async () => unreached('https://fetch-hive.invalid/v1'),
	},
	untrusted_certificate: {
		description: 'the certificate (TLS) is not one that n8n trusts',
		open: async () => {
			const { close, requests, url } = await startUntrustedServer();
			return { ...unreached(`${url}/v1`), requests, close };
		},
	},
	no_tls: {
		description: 'the server does not speak TLS',
		open: async () => {
			const emulator = await startEmulator();
			const { requests, close } = emulator;
			const baseUrl = emulator.baseUrl.replace('http:', 'https:');
			return { ...unreached(baseUrl), requests: () => requests.length, close };
		},
	},
};

function unreached(baseUrl: string): Surroundings {
	return {
		api: { baseUrl, apiKey: API_KEY },
		target: 'summarise-topic',
		requests: () => 0,
		runs: () => 0,
		secrets: [API_KEY],
		close: async () => {},
	};
}

/** An emulator with this fault: by the name of what is invoked, or else by the switch. */
export function openingWith(fault: string): Opening {
	const byName = faults[fault].stage !== 'arrival';
	return async ({ startsRun }) => {
		const emulator = await startEmulator({
			switches: { agentCallback: 'run', callbackDelayMs: NEVER_MILLISECONDS },
		});
		const target = startsRun ? deploymentOf(fault) : await requestToLookUp(emulator);
		if (!startsRun) emulator.set({ fault, faultOn: 'look_ups' });
		else if (!byName) emulator.set({ fault, faultOn: 'invokes' });
		const method = startsRun ? 'POST' : 'GET';
		const runsBefore = emulator.runs.length;
		return {
			api: emulator,
			target,
			requests: () => emulator.requests.filter((request) => request.method === method).length,
			runs: () => emulator.runs.length - runsBefore,
			secrets: [emulator.apiKey, ...(byName ? [emulator.secretOf(deploymentOf(fault))] : [])],
			close: emulator.close,
		};
	};
}

/** An emulator with this fault in every look-up, and no other. */
export function openingWithLookUps(fault: string): Opening {
	return async () => {
		const emulator = await startEmulator({ switches: { fault, faultOn: 'look_ups' } });
		return {
			api: emulator,
			target: 'human-review',
			requests: () => emulator.requests.filter(({ method }) => method === 'POST').length,
			runs: () => emulator.runs.length,
			secrets: [emulator.apiKey, emulator.secretOf('human-review')],
			close: emulator.close,
		};
	};
}

async function requestToLookUp({ apiKey, baseUrl, runs }: Emulator): Promise<string> {
	await fetch(`${baseUrl}/workflow/invoke`, {
		method: 'POST',
		headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
		body: JSON.stringify({ deployment: 'list-images', variant: 'production' }),
	});
	return runs[0].requestId;
}
