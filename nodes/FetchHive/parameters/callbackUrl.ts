import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { connectionOf } from '../../shared/api/connection';
import { isInternalAddress, isInternalHost, parsedUrl } from '../../shared/values/addresses';
import { ParameterError } from '../../shared/values/parameterError';

/** Where the result of an async run goes. */
export const callbackUrlField: INodeProperties = {
	displayName: 'Callback URL',
	name: 'callbackUrl',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/...',
	description:
		'Where Fetch Hive sends the result: the Production URL of a Fetch Hive Trigger in a published (active) workflow',
	builderHint: {
		propertyHint:
			'Known only once that other workflow is saved: use a placeholder, and tell the user to paste the Production URL of its Fetch Hive Trigger. Not the resume URL of this execution: invokeAndWait does that by itself.',
	},
};

const HOW_TO_GET_IT =
	'Copy the Production URL of a Fetch Hive Trigger in a published (active) workflow, or enter another public https:// address.';

const TEST_URL_HINT =
	"'Callback URL' is a test URL: it takes one callback, and only while the trigger listens for a test event. Use the trigger's Production URL for everything but a test.";

/** A request's `async`, with which Fetch Hive delivers the result by callback. */
export interface CallbackDelivery {
	enabled: true;
	callback_url: string;
}

export interface CallbackTarget {
	/** The address exactly as the user gave it, without surrounding spaces. */
	url: string;
	/** A warning about an address that works, but not for long. */
	hint?: string;
}

/**
 * The callback address of an item.
 *
 * @throws ParameterError when it is not a web address, or Fetch Hive could not reach it.
 */
export async function readCallbackUrl(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<CallbackTarget> {
	const value = context.getNodeParameter('callbackUrl', itemIndex, '');
	return checkedCallbackUrl(value, (await connectionOf(context)).baseUrl);
}

/**
 * Checks the address that Fetch Hive is to call, before a run is started whose result could never arrive.
 *
 * @param baseUrl The API's checked base URL: when the API itself is on a local network (a test stand-in), local
 * callback addresses are fine.
 * @throws ParameterError when it is not an absolute http(s) URL, or when Fetch Hive could not reach it.
 */
export function checkedCallbackUrl(value: unknown, baseUrl: string): CallbackTarget {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') throw new ParameterError("'Callback URL' is empty", HOW_TO_GET_IT);
	refuseUnreachable(text, baseUrl);
	return parsedUrl(text)?.pathname.includes('/webhook-test/')
		? { url: text, hint: TEST_URL_HINT }
		: { url: text };
}

/** Delivery of a run's result to a checked address. */
export function deliveryTo(url: string): CallbackDelivery {
	return { enabled: true, callback_url: url };
}

/** Why Fetch Hive cannot call an address; undefined when it can. */
export function obstacleTo(
	address: string,
	baseUrl: string,
): 'no web address' | 'internal host' | 'plain http' | undefined {
	const url = parsedUrl(address);
	if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return 'no web address';
	if (isInternalAddress(baseUrl)) return undefined;
	if (isInternalHost(url.hostname)) return 'internal host';
	return url.protocol === 'http:' ? 'plain http' : undefined;
}

function refuseUnreachable(address: string, baseUrl: string): void {
	const obstacle = obstacleTo(address, baseUrl);
	if (obstacle === 'no web address') {
		throw new ParameterError("'Callback URL' is not a web address", HOW_TO_GET_IT);
	}
	if (obstacle === 'internal host') {
		throw new ParameterError(
			`'Callback URL' points to ${new URL(address).hostname}, which Fetch Hive cannot reach`,
			"It is an address of this machine or of a local network. If it came from a Fetch Hive Trigger, set n8n's environment variable N8N_WEBHOOK_URL (WEBHOOK_URL in older versions) to the public address of this n8n, restart it and copy the URL again.",
		);
	}
	if (obstacle === 'plain http') {
		throw new ParameterError(
			"'Callback URL' must start with https://",
			'Fetch Hive calls back over HTTPS only. If the address came from a Fetch Hive Trigger, N8N_WEBHOOK_URL of this n8n (WEBHOOK_URL in older versions) starts with http://.',
		);
	}
}
