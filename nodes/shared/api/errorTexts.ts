import { counted } from '../values/value';

/**
 * The daily cap of a plan: it resets at midnight UTC, and every further call is refused until then.
 * https://docs.fetchhive.com: `code` of the 429 that also has `limit` and `current`.
 */
export const DAILY_CAP_CODE = 'api_rate_limit_exceeded';

/** What happened and what to do, for the user. */
export interface Explanation {
	message: string;
	advice: string;
}

/** For every request that may have started a run: runs cost money. */
export const NOT_SENT_AGAIN =
	'The run may have started and may be charged, so it was not sent again. Look it up in the logs of Fetch Hive before you run it again.';

export const NOTHING_STARTED = 'Nothing was started.';

/** For a look-up that may work the next time. */
export const ASK_AGAIN = 'Ask again in a moment.';

/** For a server error. */
export const NOT_THE_WORKFLOW =
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

/** What Fetch Hive's `error_code` means; undefined for one that needs no advice of its own. */
export function explanationOfCode(errorCode: string | undefined): Explanation | undefined {
	return errorCode === DAILY_CAP_CODE ? explanationOfDailyCap() : BY_CODE.get(errorCode);
}

const CREDENTIAL_ADVICE =
	"Check the 'API Key' in the Fetch Hive API credential. You find it in Fetch Hive under Settings > API Keys.";

/** By HTTP status, where no code is more exact. */
export const BY_STATUS: Record<number, Explanation> = {
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

const MS_PER_MINUTE = 60_000;
const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 1440;

/**
 * The time until the daily cap of a Fetch Hive plan resets, at midnight UTC: "in 5 hours", or "in 40 minutes" in the
 * last hour. Rounded up, so that the user does not come back too early.
 */
export function untilDailyReset(nowMs: number): string {
	const minutesToday = Math.floor(nowMs / MS_PER_MINUTE) % MINUTES_PER_DAY;
	const minutes = MINUTES_PER_DAY - minutesToday;
	if (minutes <= MINUTES_PER_HOUR) return `in ${counted(minutes, 'minute')}`;
	return `in ${counted(Math.ceil(minutes / MINUTES_PER_HOUR), 'hour')}`;
}
