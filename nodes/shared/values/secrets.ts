import { isRecord } from './value';

/**
 * Keys that hold a signing secret, whatever their case and wherever they stand: `webhook_secret` is documented, the
 * other is what Fetch Hive's pages call the same thing.
 */
const SECRET_KEYS = /^(?:webhook|signing)_?secret$/i;

/** Where a secret's value is looked up. Trying every spelling of `SECRET_KEYS` would take minutes in a hostile answer. */
const SECRET_NAMES = ['webhook_secret', 'webhookSecret', 'signing_secret', 'signingSecret'];

/** A shorter value would match by chance in texts that hold no secret. */
const MIN_FOUND_CHARACTERS = 16;

/** Far more than an answer has, and few enough for n8n to save it without overflowing its stack. */
const MAX_DEPTH = 2000;
const TOO_DEEP = `[left out: nested more than ${MAX_DEPTH} levels deep]`;

/**
 * A copy of a JSON value that is safe to show and save. Keys that hold a signing secret are left out at any depth. The
 * given secrets are masked wherever they occur in texts and names. A text replaces what is nested deeper than 2,000
 * levels.
 *
 * Fetch Hive's answer to an invoke contains the deployment's signing secret. Whoever reads it can forge callbacks. n8n
 * saves items and errors, and shows them to everyone who may see the execution.
 */
export function withoutSecrets<T>(value: T, secrets: readonly string[] = []): T {
	return copied(value, maskOf(secrets), 0) as T;
}

/**
 * The signing secrets in an answer of Fetch Hive, at its top or in `async`. Not deeper: a run's output may come from
 * anyone, who could then choose what is masked or make the search take minutes.
 */
export function signingSecretsIn(answer: unknown): string[] {
	if (!isRecord(answer)) return [];
	return [answer, answer.async]
		.filter(isRecord)
		.flatMap((holder) => SECRET_NAMES.map((name) => holder[name]).filter(isLongEnough));
}

function isLongEnough(text: unknown): text is string {
	return typeof text === 'string' && text.trim().length >= MIN_FOUND_CHARACTERS;
}

function copied(value: unknown, mask: RegExp | undefined, depth: number): unknown {
	if (typeof value === 'string') return masked(value, mask);
	if (typeof value !== 'object' || value === null) return value;
	if (depth > MAX_DEPTH) return TOO_DEEP;
	// Loops instead of callbacks use one stack frame a level. With three, Node.js 24 overflows at half of the levels.
	if (Array.isArray(value)) {
		const entries: unknown[] = [];
		for (const entry of value) entries.push(copied(entry, mask, depth + 1));
		return entries;
	}
	const entries: Array<[string, unknown]> = [];
	for (const [key, entry] of Object.entries(value)) {
		if (SECRET_KEYS.test(key)) continue;
		entries.push([masked(key, mask), copied(entry, mask, depth + 1)]);
	}
	return Object.fromEntries(entries);
}

/** One pattern for all secrets, so that a text is read once. It ignores case, because a URL's host is in lower case. */
function maskOf(secrets: readonly string[]): RegExp | undefined {
	const given = secrets.filter((secret) => secret.trim() !== '');
	if (given.length === 0) return undefined;
	// One secret may be the beginning of another.
	const longestFirst = [...given].sort((one, other) => other.length - one.length);
	const literals = longestFirst.map((secret) => secret.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
	return new RegExp(literals.join('|'), 'gi');
}

function masked(text: string, mask: RegExp | undefined): string {
	return mask === undefined ? text : text.replace(mask, '***');
}
