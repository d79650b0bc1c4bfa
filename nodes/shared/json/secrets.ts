/**
 * A copy of a JSON value that is safe to show and save: without any `webhook_secret` key, at whatever depth, and
 * with every occurrence of the given secrets in its texts masked.
 *
 * Fetch Hive puts a deployment's signing secret into the answer of an invoke, and whoever reads it could forge
 * callbacks and start paid runs. n8n saves items and errors, and shows them to everyone who may see the execution.
 */
export function withoutSecrets<T>(value: T, secrets: readonly string[] = []): T {
	if (typeof value === 'string') return masked(value, secrets) as T;
	if (Array.isArray(value)) return value.map((entry) => withoutSecrets(entry, secrets)) as T;
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([key]) => key !== 'webhook_secret')
			.map(([key, entry]) => [key, withoutSecrets(entry as unknown, secrets)]),
	) as T;
}

function masked(text: string, secrets: readonly string[]): string {
	return secrets
		.filter((secret) => secret.trim() !== '')
		.reduce((result, secret) => result.replaceAll(secret, '***'), text);
}
