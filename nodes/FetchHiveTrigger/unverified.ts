import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

/** Starts an execution that only shows that a call was refused. It holds nothing of that call. */
export const unverifiedItem: INodeExecutionData = { json: {}, refused: 'unverified' };

/**
 * @throws NodeOperationError when the execution was started by a call that was refused.
 */
export function refuseUnverified(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
): void {
	if (!items.some(({ refused }) => refused === unverifiedItem.refused)) return;
	throw new NodeOperationError(
		context.getNode(),
		'A callback came, but its signature does not fit the secret in this credential',
		{
			description:
				'Nothing of it was used. Copy the Signing secret of the deployment from its Code Snippet in Fetch Hive into the credential, and listen again.',
		},
	);
}
