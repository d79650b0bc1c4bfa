import type { INode, INodeParameters, INodeTypeDescription, INodeTypes } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

/** What the editor shows below a node's name (its `getNodeSubtitle`), which is nothing where this throws. */
export function subtitleOnCanvas(
	description: INodeTypeDescription,
	parameters: INodeParameters,
): unknown {
	const { name: type, subtitle = '' } = description;
	const node: INode = {
		id: '1',
		name: 'On the Canvas',
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
	const nodeTypes = { getByNameAndVersion: () => ({ description }) } as unknown as INodeTypes;
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(node, subtitle, 'internal', {});
}
