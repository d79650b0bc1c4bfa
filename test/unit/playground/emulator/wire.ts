import type { Emulator } from '../../../../playground/emulator';

export type Answer = {
	status: number;
	headers: Headers;
	text: string;
	/** The answer's JSON; the text where it is none. */
	body: Record<string, unknown>;
};

function parsed(text: string) {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

async function answerOf(response: Response): Promise<Answer> {
	const text = await response.text();
	return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

const access = ({ apiKey }: Emulator) => ({ Authorization: `Bearer ${apiKey}` });

/** Sends a body as it is, or as JSON. */
export async function post(
	emulator: Emulator,
	path: string,
	body: unknown,
	options: RequestInit = {},
): Promise<Answer> {
	const response = await fetch(emulator.baseUrl + path, {
		method: 'POST',
		headers: { ...access(emulator), 'Content-Type': 'application/json' },
		body: typeof body === 'string' ? body : JSON.stringify(body),
		redirect: 'manual',
		...options,
	});
	return await answerOf(response);
}

export async function get(emulator: Emulator, path: string): Promise<Answer> {
	return await answerOf(await fetch(emulator.baseUrl + path, { headers: access(emulator) }));
}

/** Calls a route of the emulator itself. */
export async function control(emulator: Emulator, path: string, init?: RequestInit) {
	return await answerOf(await fetch(`${emulator.url}/_emulator${path}`, init));
}

export const workflow = (deployment: string, rest: object = {}) => ({
	deployment,
	variant: 'production',
	...rest,
});

export const callbackTo = (url: string) => ({ async: { enabled: true, callback_url: url } });

export const invoke = async (emulator: Emulator, deployment: string, rest?: object) =>
	await post(emulator, '/workflow/invoke', workflow(deployment, rest));

export const requestIdOf = ({ body }: Answer) => String(body.request_id);
