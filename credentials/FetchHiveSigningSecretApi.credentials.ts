import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/** The trigger node tests its form: Fetch Hive has no call that tests a signing secret. */
export class FetchHiveSigningSecretApi implements ICredentialType {
	name = 'fetchHiveSigningSecretApi';

	displayName = 'Fetch Hive Signing Secret API';

	icon = {
		light: 'file:../icons/fetchHive.svg',
		dark: 'file:../icons/fetchHive.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/Fetch-Hive/n8n-nodes-fetchhive#credentials';

	properties: INodeProperties[] = [
		{
			// n8n shows "Connection tested successfully", whatever text the test returns.
			displayName:
				'The test only checks the form of the secret, because Fetch Hive has no call that tests it. The first callback shows whether it is the right one.',
			name: 'testNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Signing Secret',
			name: 'signingSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				"The deployment's signing secret: open its Code Snippet in Fetch Hive and turn on Callback delivery to see it",
		},
		{
			displayName: 'Previous Signing Secret',
			name: 'previousSigningSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The old secret while you replace it: callbacks of runs that started before are still accepted. Leave empty otherwise.',
		},
		{
			displayName: 'More Deployments',
			name: 'moreDeployments',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Deployment' },
			placeholder: 'Add Deployment',
			default: {},
			description:
				'Other deployments or agents that call the same trigger. The label of the one that has signed a callback is in the item as signed_by.',
			options: [
				{
					displayName: 'Deployment',
					name: 'deployment',
					values: [
						{
							displayName: 'Label',
							name: 'label',
							type: 'string',
							default: '',
							placeholder: 'e.g. summarise-topic',
							description: 'Your name for the deployment or agent',
						},
						{
							displayName: 'Signing Secret',
							name: 'signingSecret',
							type: 'string',
							typeOptions: { password: true },
							default: '',
						},
					],
				},
			],
		},
	];
}
