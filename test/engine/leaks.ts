import { WebhookContext } from 'n8n-core';
import type { Logger } from 'n8n-workflow';
import { LoggerProxy } from 'n8n-workflow';

import type { Emulator } from '../../playground/emulator';
import { everythingIn } from './secrets';

/** What the contexts of all nodes inherit: they log to n8n's own logger, not to the proxy. */
const CONTEXT_OF_NODES = Object.getPrototypeOf(WebhookContext.prototype) as object;

/** Keeps all that a scenario produced, to search it for secrets at its end. */
export class LeakCheck {
	private readonly seen: unknown[] = [];
	private readonly logLines: unknown[][] = [];

	/** Makes n8n's log lines part of what is searched. */
	watchLogs(): void {
		const keep = (...line: unknown[]) => void this.logLines.push(line);
		const logger: Logger = { error: keep, warn: keep, info: keep, debug: keep };
		LoggerProxy.init(logger);
		Object.defineProperty(CONTEXT_OF_NODES, 'logger', { get: () => logger });
	}

	/** What n8n's log has been told since the last search. */
	logged(): string {
		return this.logLines.map(([message]) => String(message)).join('\n');
	}

	/** Adds a finished run, with its items, its errors and all that n8n would save of it. */
	keep<T>(value: T): T {
		this.seen.push(value);
		return value;
	}

	/** Fails when the API key or a signing secret stands in anything that was kept. */
	expectNone({ apiKey, deployments }: Pick<Emulator, 'apiKey' | 'deployments'>): void {
		this.expectNoneOf([apiKey, ...deployments.map((deployment) => deployment.secret)]);
	}

	expectNoneOf(secrets: string[]): void {
		const text = everythingIn([this.seen, this.logLines]);
		expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
		this.seen.length = 0;
		this.logLines.length = 0;
	}
}
