import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { textList } from '../../../shared/values/text';
import { checkedAddresses } from '../../parameters/webAddresses';

/** What a run may draw on. */
export const SOURCES: INodeProperties = {
	displayName: 'Sources',
	name: 'sources',
	type: 'fixedCollection',
	placeholder: 'Add Sources',
	default: {},
	description: 'What the Hive Agent may use as its sources',
	options: [
		{
			displayName: 'Source',
			name: 'source',
			values: [
				listField('Asset IDs', 'assetIds', 'IDs of assets in Fetch Hive'),
				listField('Knowledge Base IDs', 'knowledgeBaseIds', 'IDs of knowledge bases in Fetch Hive'),
				listField(
					'Knowledge Base Item IDs',
					'knowledgeBaseItemIds',
					'IDs of single items of knowledge bases in Fetch Hive',
				),
				{
					...listField('Website URLs', 'websiteUrls', 'Addresses of web pages'),
					placeholder: 'e.g. https://example.com/prices',
				},
			],
		},
	],
};

function listField(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		description: `${description}, one per line or separated by commas`,
	};
}

/**
 * The sources of an item's run, undefined when there are none.
 *
 * @throws ParameterError naming the address or the list that cannot be sent.
 */
export function readSources(
	context: IExecuteFunctions,
	itemIndex: number,
): IDataObject | undefined {
	const valueOf = (name: string): unknown =>
		context.getNodeParameter(`options.sources.source.${name}`, itemIndex, '');
	const idsOf = (name: string, displayName: string) => {
		const ids = textList(valueOf(name), `'${displayName}'`);
		return ids.length > 0 ? ids : undefined;
	};
	const websites = checkedAddresses(valueOf('websiteUrls'), "'Website URLs'", ['http:', 'https:']);
	const sources: IDataObject = {
		website_urls: websites.length > 0 ? websites : undefined,
		asset_ids: idsOf('assetIds', 'Asset IDs'),
		knowledge_base_ids: idsOf('knowledgeBaseIds', 'Knowledge Base IDs'),
		knowledge_base_item_ids: idsOf('knowledgeBaseItemIds', 'Knowledge Base Item IDs'),
	};
	return Object.values(sources).some((list) => list !== undefined) ? sources : undefined;
}
