import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { isOlderN8n } from '../harness/setting';
import type { SavedExecution, Suite } from './suite';
import { jsonOf } from './suite';
import type { CredentialReference } from './workflows';
import { actionWorkflow, fetchHive, LATER, manualTrigger, ON_ERROR } from './workflows';

export interface RunSettings extends Partial<INode> {
	items?: IDataObject[];
	/** The emulator's when left out. */
	api?: CredentialReference;
}

/** Runs Start -> Fetch Hive -> (Later, On Error) by hand. */
export async function runByHand(
	suite: Suite,
	parameters: INodeParameters,
	{ items, api = suite.n8n.credentials.fetchHiveApi, ...settings }: RunSettings = {},
): Promise<SavedExecution> {
	const action = fetchHive(api, parameters, settings);
	return await suite.run(actionWorkflow('Run by hand', manualTrigger(), action, items));
}

/** What reached the error output; an older n8n keeps items with details on the regular one. */
export function failedItems(execution: SavedExecution): IDataObject[] {
	return jsonOf(execution, isOlderN8n() ? LATER : ON_ERROR);
}
