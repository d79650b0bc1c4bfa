import type { Emulator } from '../../../playground/emulator';
import { startEmulator } from '../../../playground/emulator';
import { deploymentOf, faults } from '../../../playground/emulator/faults';
import type { Operation, Targets } from './operations';
import { startUntrustedServer } from './tlsServer';
import { UNKNOWN_HOST, lookUpUnknownHostOnce } from './unknownHost';

/** What one call meets: a Fetch Hive of its own, or none. */
interface Environment {
	api: { baseUrl: string; apiKey: string };
	targets: Targets;
	/** How many requests of the operation have arrived. */
	requests(): number;
	/** The request IDs of the runs that they have started. */
	runs(): string[];
	/** What must be found nowhere. */
	secrets: string[];
	close(): Promise<void>;
}

/** By what each fault is told apart, and how it is made. */
export type Opening = (operation: Operation) => Promise<Environment>;

const API_KEY = 'fhk_of_these_tests';
const NEVER_MILLISECONDS = 3_600_000;

beforeAll(lookUpUnknownHostOnce);

/** The faults that need no HTTP server of ours: the base URL makes them. */
export const BY_BASE_URL: Record<string, { description: string; open: Opening }> = {
	connection_refused: {
		description: 'nothing listens at the Base URL',
		// The port "discard": systems give it to nobody who asks for any free port.
		open: async () => unreached('http://127.0.0.1:9/v1'),
	},
	unknown_host: {
		description: 'the host of the Base URL has no address (DNS)',
		open: async () => unreached(`https://${UNKNOWN_HOST}/v1`),
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
			// One of its own: what is no request must not be taken for one by a later call.
			const { baseUrl, close, requests } = await startEmulator();
			const url = baseUrl.replace('http:', 'https:');
			return { ...unreached(url), requests: () => requests.length, close };
		},
	},
};

const started: Emulator[] = [];
/** Those that no call uses now. */
const idle: Emulator[] = [];
afterAll(async () => {
	await Promise.all(started.map(async ({ close }) => await close()));
});

/** An emulator for one call, as new; to be given back with `close`. */
async function borrowedEmulator() {
	const emulator = idle.pop() ?? (await startedEmulator());
	const close = async () => {
		emulator.reset();
		idle.push(emulator);
	};
	return { emulator, close };
}

async function startedEmulator() {
	const emulator = await startEmulator({
		switches: {
			agentCallback: 'run',
			callbackDelayMs: NEVER_MILLISECONDS,
			// Faults are made of answers that come in one piece.
			streamFault: 'one_piece',
		},
	});
	started.push(emulator);
	return emulator;
}

function unreached(baseUrl: string): Environment {
	return {
		api: { baseUrl, apiKey: API_KEY },
		targets: targetsOf('summarise-topic'),
		requests: () => 0,
		runs: () => [],
		secrets: [API_KEY],
		close: async () => {},
	};
}

/** IDs of nothing, but for what is invoked. */
const targetsOf = (invoked: string): Targets => ({
	invoked,
	requestId: 'req_1',
	delegationId: 'delegation_1',
	threadId: 'thread_1',
});

/** An emulator with this fault: by the name of what is invoked, or else by the switch. */
export function openingWith(fault: string): Opening {
	const byName = faults[fault].stage !== 'arrival';
	return async ({ startsRun }) => {
		const { close, emulator } = await borrowedEmulator();
		const targets = startsRun ? targetsOf(deploymentOf(fault)) : await delegated(emulator);
		if (!startsRun) emulator.set({ fault, faultOn: 'look_ups' });
		else if (!byName) emulator.set({ fault, faultOn: 'invokes' });
		const isMeant = ({ method }: { method: string }) => !startsRun || method === 'POST';
		const runsBefore = emulator.runs.length;
		const requestsBefore = emulator.requests.length;
		return {
			api: emulator,
			targets,
			requests: () => emulator.requests.slice(requestsBefore).filter(isMeant).length,
			runs: () => emulator.runs.slice(runsBefore).map(({ requestId }) => requestId),
			secrets: [emulator.apiKey, ...(byName ? [emulator.secretOf(deploymentOf(fault))] : [])],
			close,
		};
	};
}

/** An emulator with this fault in every look-up, and no other. */
export function openingWithLookUps(fault: string): Opening {
	return async () => {
		const { close, emulator } = await borrowedEmulator();
		emulator.set({ fault, faultOn: 'look_ups' });
		return {
			api: emulator,
			targets: targetsOf('human-review'),
			requests: () => emulator.requests.filter(({ method }) => method === 'POST').length,
			runs: () => emulator.runs.map(({ requestId }) => requestId),
			secrets: [emulator.apiKey, emulator.secretOf('human-review')],
			close,
		};
	};
}

/** Lets an agent of the emulator start a background workflow: a request, a conversation and a delegation to look up. */
async function delegated({ apiKey, baseUrl, runs }: Emulator): Promise<Targets> {
	const threadId = 'thread_1';
	await fetch(`${baseUrl}/agent/invoke`, {
		method: 'POST',
		headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
		body: JSON.stringify({
			agent: 'agent_delegating',
			message: 'Go',
			thread_id: threadId,
			async: { allow_background: true },
		}),
	});
	const [{ requestId }, { delegationId }] = runs;
	return { ...targetsOf(''), requestId, delegationId: String(delegationId), threadId };
}
