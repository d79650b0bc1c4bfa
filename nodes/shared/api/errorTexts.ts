import { isRecord } from '../json/records';
import { untilDailyReset } from './dailyReset';
import { failureTextIn } from './failureText';

/**
 * The daily cap of a plan: it resets at midnight UTC, and every further call is refused until then.
 * https://docs.fetchhive.com: `code` of the 429 that also has `limit` and `current`.
 */
export const DAILY_CAP_CODE = 'api_rate_limit_exceeded';

/** What happened and what to do, in the user's words. */
export interface Explanation {
	message: string;
	advice: string;
}

/** Said of every request that may have started a run: runs cost money. */
export const NOT_SENT_AGAIN =
	'The run may have started and may be charged, so it was not sent again. Look it up in the logs of Fetch Hive before you run it again.';

export const NOTHING_STARTED = 'Nothing was started.';

/** Said of a look-up that may go well the next time. */
export const ASK_AGAIN = 'Ask again in a moment.';

/** Said of a server error. */
const NOT_THE_WORKFLOW =
	'The fault is on the side of Fetch Hive or on the way there, not in this workflow.';

/** Codes of Fetch Hive's catalogue that need an advice of their own, whatever their HTTP status. */
const BY_CODE = new Map<string | undefined, Explanation>(
	Object.entries({
		account_credit_cap_reached: {
			message: 'The credit cap of the Fetch Hive account is reached',
			advice: 'Raise the cap in Fetch Hive, or wait until it resets.',
		},
		asset_storage_limit_reached: {
			message: 'The asset storage of the Fetch Hive plan is full',
			advice: 'Delete assets in Fetch Hive, or move to a larger plan.',
		},
		insufficient_hosted_llm_credits: {
			message: 'The Fetch Hive account has too few credits for this run',
			advice: 'Add credits in Fetch Hive, or use a model with your own provider key.',
		},
		iteration_limit_exceeded: {
			message: 'The run went over its iteration limit',
			advice: 'Give it fewer entries, or raise the limit in Fetch Hive.',
		},
		model_deprecated: {
			message: 'The deployment or agent uses a model that is no longer offered',
			advice:
				'Choose another model in Fetch Hive. A workflow or a prompt must then be deployed again.',
		},
		personal_model_invalid_credentials: {
			message: 'The model provider did not accept the key stored in Fetch Hive',
			advice: 'Enter a valid provider key for that model in Fetch Hive.',
		},
		personal_model_missing_credentials: {
			message: 'The deployment or agent uses a model whose provider key is not set in Fetch Hive',
			advice: 'Enter the provider key for that model in Fetch Hive.',
		},
		too_many_requests: {
			message: 'The model provider does not accept more requests at the moment',
			advice:
				"This usually passes in a moment. Where no run was started, the node tries again by itself, for as long as the option 'Max Retry Wait (Seconds)' allows.",
		},
		vision_not_supported: {
			message: 'The model of the deployment or agent cannot read images',
			advice: 'Choose a model that can in Fetch Hive, or send no images.',
		},
		workflow_step_limit_reached: {
			message: 'The workflow has more steps than the Fetch Hive plan allows',
			advice: 'Shorten the workflow, or move to a larger plan.',
		},
	}),
);

function explanationOfDailyCap(): Explanation {
	return {
		message: 'The daily limit of API calls of the Fetch Hive plan is reached',
		advice: `The limit resets at midnight UTC, ${untilDailyReset(Date.now())}. Call less often, or move to a larger plan.`,
	};
}

function explanationOfCode(errorCode: string | undefined): Explanation | undefined {
	return errorCode === DAILY_CAP_CODE ? explanationOfDailyCap() : BY_CODE.get(errorCode);
}

const CREDENTIAL_ADVICE =
	"Check the 'API Key' in the Fetch Hive API credential. You find it in Fetch Hive under Settings > API Keys.";

const BY_STATUS: Record<number, Explanation> = {
	401: { message: 'Fetch Hive did not accept the API key', advice: CREDENTIAL_ADVICE },
	402: {
		message: 'The Fetch Hive plan or its credits do not cover this request',
		advice: 'Check the plan and the credits in Fetch Hive.',
	},
	403: {
		message: 'The API key is not allowed to do this',
		advice:
			"See in Fetch Hive under Settings > API Keys what the key may do, or enter another one as 'API Key' of the Fetch Hive API credential.",
	},
	404: {
		message: 'Fetch Hive did not find what was asked for in this account',
		advice:
			"Check the names and IDs: Code Snippet in Fetch Hive shows them as they must be written. Check too that the credential's API key belongs to the same account, and that its 'Base URL' is right: the default is https://api.fetchhive.com/v1.",
	},
	407: {
		message: 'The proxy between n8n and Fetch Hive wants a log-in',
		advice:
			'Whoever runs this n8n can give it a proxy address with user and password (HTTPS_PROXY).',
	},
	413: {
		message: 'The inputs are too large for Fetch Hive, or for a server on the way there',
		advice: 'Send less, or send files as addresses.',
	},
	429: {
		message: 'The Fetch Hive plan allows no more runs at the same time',
		advice:
			"Everything that uses the account shares this limit. Run less at the same time, or raise the option 'Max Retry Wait (Seconds)' so that the node tries for longer. A workflow can also be run with Invoke and Wait or Invoke Async.",
	},
};

/** What to say when Fetch Hive does not know what a request names. */
export function notFound(what: string, advice: string): Explanation {
	return { message: `Fetch Hive did not find ${what} in this account`, advice };
}

const SOMETHING_BETWEEN =
	'Whoever runs this n8n can check its proxy and firewall. A proxy, a firewall or a load balancer sent a web page; the API sends JSON.';

/** Explains a 403 or a server error that is a web page: Fetch Hive's API did not send it. */
function explanationOfPage(statusCode: number, body: unknown): Explanation | undefined {
	if (typeof body !== 'string' || !body.trim().startsWith('<')) return undefined;
	if (statusCode === 403) {
		return {
			message: 'Something between n8n and Fetch Hive refused the request',
			advice: SOMETHING_BETWEEN,
		};
	}
	if (statusCode < 500) return undefined;
	return {
		message: `Something between n8n and Fetch Hive answered in its place (HTTP status ${statusCode})`,
		advice: SOMETHING_BETWEEN,
	};
}

/**
 * What helps where Fetch Hive refuses in these words, for which it has no code. Its texts come in the account's
 * language, so they choose the advice and decide nothing else.
 */
const BY_WORDS: Array<[words: RegExp, advice: string]> = [
	[/run with async enabled/i, 'Choose the operation Invoke and Wait or Invoke Async.'],
	[/native JSON array/i, 'Set the Type of this input to Array.'],
];

function adviceForWords(said: string): string {
	const [, advice] = BY_WORDS.find(([words]) => words.test(said)) ?? [];
	return advice ?? 'Compare the names and values here with Code Snippet in Fetch Hive.';
}

/**
 * Explains a response whose status is not 2xx. The code decides before the status: Fetch Hive sends plan limits and
 * provider limits with several statuses.
 *
 * @param startsRun Whether the request can start a run; one that cannot only looks something up.
 * @param missing What to say when what the request names does not exist.
 */
export function explain(
	statusCode: number,
	body: unknown,
	startsRun = true,
	missing?: Explanation,
): Explanation {
	const { errorCode, said } = failureTextIn(body);
	const known =
		explanationOfCode(errorCode) ??
		// Fetch Hive says it in JSON. Anything else comes from another address than its API's.
		(statusCode === 404 && isRecord(body) ? missing : undefined) ??
		explanationOfPage(statusCode, body) ??
		BY_STATUS[statusCode];
	if (known !== undefined) return known;
	if (statusCode >= 500) {
		return {
			message: 'Fetch Hive could not carry out the request',
			advice: startsRun ? NOT_THE_WORKFLOW : `${ASK_AGAIN} ${NOT_THE_WORKFLOW}`,
		};
	}
	if (statusCode >= 300 && statusCode < 400) {
		return {
			message: 'The server named another address (a redirect), to which nothing is sent',
			advice:
				"Check the 'Base URL' of the Fetch Hive API credential: the default is https://api.fetchhive.com/v1. If you use a proxy, enter its final address.",
		};
	}
	return explanationOfOther(statusCode, said, startsRun, missing);
}

function explanationOfOther(
	statusCode: number,
	said: string,
	startsRun: boolean,
	missing?: Explanation,
): Explanation {
	const isRefusal = statusCode === 400 || statusCode === 422;
	const what = isRefusal ? 'refused' : `answered with HTTP status ${statusCode}`;
	const refused = isRefusal ? 'Fetch Hive refused the request' : `Fetch Hive ${what}`;
	const advice = isRefusal ? adviceForWords(said) : '';
	return {
		message: said === '' ? refused : `Fetch Hive ${what}: ${said}`,
		advice: startsRun ? advice : (missing?.advice ?? ASK_AGAIN),
	};
}

/** The advice for an error code that is explained here, undefined for any other. */
export function adviceForCode(errorCode: string | undefined): string | undefined {
	return explanationOfCode(errorCode)?.advice;
}

/** Whether a status or a code has an explanation of its own, which says more than that a run did not complete. */
export function isExplained(statusCode: number, errorCode: string | undefined): boolean {
	return explanationOfCode(errorCode) !== undefined || statusCode in BY_STATUS;
}
