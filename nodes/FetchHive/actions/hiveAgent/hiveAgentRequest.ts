import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { CallbackDelivery } from '../../parameters/callbackUrl';
import { notFound } from '../../../shared/api/errorTexts';
import type { ApiRequest } from '../../../shared/api/transport';
import { ONLY_THE_USER_KNOWS } from '../../parameters/builderHints';
import { metadataFields, readMetadata } from '../../parameters/metadata';
import { METADATA_JSON, readTimeoutSeconds, START_TIMEOUT } from '../../parameters/options';
import { readRequiredText } from '../../parameters/texts';
import { CONDUCT_OPTIONS, readConduct } from './conduct';
import { readSources, SOURCES } from './sources';

const HIVE_AGENT_ID: INodeProperties = {
	displayName: 'Hive Agent ID',
	name: 'hiveAgentId',
	type: 'string',
	required: true,
	default: '',
	description:
		'ID of the Hive Agent: open it in Fetch Hive and select Code Snippet, which names it as hive_agent',
	hint: 'Copy it from Code Snippet of the Hive Agent in Fetch Hive',
	builderHint: ONLY_THE_USER_KNOWS,
};

const OBJECTIVE: INodeProperties = {
	displayName: 'Objective',
	name: 'objective',
	type: 'string',
	required: true,
	typeOptions: { rows: 4 },
	default: '',
	placeholder: 'e.g. Compare our prices with those of our three largest competitors',
	description: 'What the Hive Agent should achieve',
};

/** What every way of invoking a Hive Agent asks for: its ID, its objective, then the metadata. */
export const hiveAgentFields: INodeProperties[] = [HIVE_AGENT_ID, OBJECTIVE, ...metadataFields];

/** What every way of invoking a Hive Agent can be told beyond that. */
export const HIVE_AGENT_OPTIONS = [...CONDUCT_OPTIONS, METADATA_JSON, SOURCES, START_TIMEOUT];

/**
 * The request that starts a Hive Agent for an item.
 *
 * @param async Callback delivery settings: a Hive Agent has no other delivery.
 * @throws ParameterError when a parameter cannot be sent.
 */
export function hiveAgentRequest(
	context: IExecuteFunctions,
	itemIndex: number,
	async: CallbackDelivery,
): ApiRequest & { body: IDataObject } {
	const hiveAgentId = readRequiredText(
		context,
		HIVE_AGENT_ID,
		itemIndex,
		'Copy it from Fetch Hive.',
	).trim();
	const body: IDataObject = {
		hive_agent: hiveAgentId,
		objective: readRequiredText(
			context,
			OBJECTIVE,
			itemIndex,
			'Enter what the Hive Agent should achieve.',
		),
		async,
		...readConduct(context, itemIndex),
		sources: readSources(context, itemIndex),
		metadata: readMetadata(context, itemIndex),
	};
	return {
		method: 'POST',
		path: '/hive-agent/invoke',
		body,
		timeoutSeconds: readTimeoutSeconds(context, itemIndex),
		missing: notFound(
			`the Hive Agent '${hiveAgentId}'`,
			"Compare the 'Hive Agent ID' with Code Snippet in Fetch Hive.",
		),
	};
}
