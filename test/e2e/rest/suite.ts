import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

import { waitFor } from '../../../playground/n8n/rest';
import type { TestN8n, UsedN8n } from '../harness/testN8n';
import { startTestN8n, useSharedN8n } from '../harness/testN8n';
import { databaseText as sqliteText } from './database';
import type { CredentialReference, WorkflowDraft } from './workflows';
import { START } from './workflows';

const START_MILLISECONDS = 240_000;
/** For reading all that n8n has kept, of every file that shares it, on a busy machine. */
const SEARCH_MILLISECONDS = 120_000;
const FINISH_SECONDS = 30;
/** n8n refuses to list more at once. */
const LIMIT = 100;

type Env = Record<string, string>;

export interface SavedItem {
	json: IDataObject;
	binary?: IBinaryKeyData;
	pairedItem?: unknown;
}

/** What n8n has saved of an execution, as far as the tests look at it. */
export interface SavedExecution {
	id: string;
	status: string;
	mode: string;
	resultData: {
		error?: IDataObject & { message: string };
		runData: Record<string, NodeRun[]>;
	};
}

interface NodeRun {
	data?: Record<string, Array<SavedItem[] | null>>;
	hints?: Array<{ message: string }>;
}

/** The items of all runs of a node, from one of its outputs. */
export function itemsOf(execution: SavedExecution, nodeName: string, output = 0): SavedItem[] {
	const runs = execution.resultData.runData[nodeName] ?? [];
	return runs.flatMap(({ data }) => data?.main?.[output] ?? []);
}

export function jsonOf(execution: SavedExecution, nodeName: string, output = 0): IDataObject[] {
	return itemsOf(execution, nodeName, output).map(({ json }) => json);
}

/** The n8n, the emulator and the helpers that the tests of one file share. */
export class Suite<N extends UsedN8n = UsedN8n> {
	private started: N | undefined;
	private readonly secrets: string[] = [];
	private readonly published = new Set<string>();
	private readonly saved = new Set<string>();

	constructor(
		readonly name: string,
		private readonly startN8n: (options: { name: string; env: Env }) => Promise<N>,
	) {}

	async start(env: Env): Promise<void> {
		// n8n tells most when it debugs, and even then no secret.
		const logging = { N8N_LOG_LEVEL: 'debug' };
		this.started = await this.startN8n({ name: this.name, env: { ...logging, ...env } });
	}

	async close(): Promise<void> {
		await this.started?.close();
	}

	get n8n(): N {
		if (this.started === undefined) throw new Error('n8n has not started');
		return this.started;
	}

	get client() {
		return this.n8n.client;
	}

	get emulator() {
		return this.n8n.emulator;
	}

	/** Makes n8n hold a value that must not be found anywhere at the end. */
	secret(value: string): string {
		this.secrets.push(value);
		return value;
	}

	/** All that must not be found anywhere at the end. */
	get allSecrets(): string[] {
		const { apiKey, deployments } = this.emulator;
		return [apiKey, ...deployments.map(({ secret }) => secret), ...this.secrets];
	}

	/** A signing secret credential; the same name overwrites. */
	async saveSecret(
		name: string,
		data: { signingSecret: string; previousSigningSecret?: string },
	): Promise<CredentialReference> {
		const type = 'fetchHiveSigningSecretApi';
		const saved = await this.client.saveCredential({ name, type, data });
		return { id: saved.id, name: saved.name };
	}

	async save(draft: WorkflowDraft) {
		this.saved.add(draft.id);
		return await this.client.saveWorkflow(draft);
	}

	/** Saves a workflow and publishes it until the end of the test. */
	async publish(draft: WorkflowDraft) {
		this.published.add(draft.id);
		const saved = await this.save(draft);
		await this.client.activate(saved);
		return saved;
	}

	async unpublish({ id }: Pick<WorkflowDraft, 'id'>): Promise<void> {
		this.published.delete(id);
		await this.client.call('POST', `/workflows/${id}/deactivate`, {});
	}

	/** Deletes a workflow, its executions with it. */
	async remove({ id }: WorkflowDraft): Promise<void> {
		this.published.delete(id);
		this.saved.delete(id);
		await this.client.call('POST', `/workflows/${id}/archive`, {});
		await this.client.call('DELETE', `/workflows/${id}`);
	}

	/** What a scenario has left running must not reach the next one. */
	async endTest(): Promise<void> {
		for (const id of this.published) await this.unpublish({ id });
		this.emulator.reset();
	}

	/** Saves a workflow and runs it as the editor's button does, to its end. */
	async run(draft: WorkflowDraft, triggerName = START): Promise<SavedExecution> {
		await this.save(draft);
		const id = await this.client.run(draft.id, triggerName);
		return await this.finished(id);
	}

	async finished(executionId: string): Promise<SavedExecution> {
		const execution: unknown = await this.client.finishedExecution(executionId, {
			seconds: FINISH_SECONDS,
		});
		return execution as SavedExecution;
	}

	/** All executions of a workflow, each at its end, oldest first. */
	async executions(workflowId: string): Promise<SavedExecution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const path = `/executions?limit=${LIMIT}&filter=${filter}`;
		const { results } = await this.client.call('GET', path);
		// n8n 2.8 lists an execution twice while it ends.
		const ids = [...new Set<string>(results.map(({ id }: { id: string }) => id))].reverse();
		expect(ids.length).toBeLessThan(LIMIT);
		return await Promise.all(ids.map(async (id) => await this.finished(id)));
	}

	/** The IDs of the last executions of all workflows. */
	async lastExecutionIds(): Promise<string[]> {
		const { results } = await this.client.call('GET', `/executions?limit=${LIMIT}`);
		return results.map(({ id }: { id: string }) => id);
	}

	/** All executions of all workflows that were saved. */
	async allExecutions(): Promise<SavedExecution[]> {
		const executions = [];
		for (const id of this.saved) executions.push(...(await this.executions(id)));
		return executions;
	}

	/** The executions of a workflow as soon as there are so many. */
	async executionsWhen(workflowId: string, count: number): Promise<SavedExecution[]> {
		return await this.eventually(`${count} executions`, async () => {
			const executions = await this.executions(workflowId);
			return executions.length >= count ? executions : undefined;
		});
	}

	/** What `look` finds first; asked again and again until then. */
	async eventually<T>(
		what: string,
		look: () => Promise<T | undefined>,
		seconds = FINISH_SECONDS,
	): Promise<T> {
		return await waitFor(look, { seconds, what });
	}
}

type EnvOf = () => Promise<Env> | Env;

/** Of the n8n that most files share. */
const SHARED_ENV = {
	N8N_LOG_FORMAT: 'json',
	// The smallest limit that n8n takes, in MiB: an oversize body is then quickly made.
	N8N_PAYLOAD_SIZE_MAX: '1',
};

/** For the tests of a file that need no n8n of their own: they use the one of all such files. */
export function startSuite(): Suite {
	return useSuite(new Suite('rest', useSharedN8n), () => SHARED_ENV);
}

/** For the tests of a file that set up their n8n differently, or kill it: it starts before them and ends after them. */
export function startSuiteAlone(name: string, env?: EnvOf): Suite<TestN8n> {
	return useSuite(new Suite(name, startTestN8n), env);
}

/** Starts and ends a suite that gets its n8n in a way of its own. */
export function useSuite<S extends Suite>(suite: S, env: EnvOf = () => ({})): S {
	beforeAll(async () => await suite.start(await env()), START_MILLISECONDS);
	afterEach(async () => await suite.endTest());
	afterAll(async () => await suite.close());
	return suite;
}

/** The last test of a file: searches all that its tests have left behind. */
export function itLeaksNothing(
	suite: Suite,
	databaseText = async () => await sqliteText(suite.n8n.userFolder),
): void {
	it(
		'keeps the API key and every signing secret out of executions, log and database',
		async () => {
			const executions = JSON.stringify(await suite.allExecutions());
			const log = await suite.n8n.log();
			const database = await databaseText();
			// Each of them is the real one: it holds what it must hold.
			expect(executions).toContain('runData');
			expect(log).toContain('Editor is now accessible');
			expect(database).toContain('n8n-nodes-fetchhive.fetchHive');
			for (const secret of suite.allSecrets) {
				const places = Object.entries({ executions, log, database })
					.filter(([, text]) => text.includes(secret))
					.map(([place]) => place);
				expect({ secret, places }).toEqual({ secret, places: [] });
			}
		},
		SEARCH_MILLISECONDS,
	);
}
