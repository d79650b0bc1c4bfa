import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/** Tested by the trigger node: Fetch Hive has no call that tells whether a signing secret is right. */
export class FetchHiveSigningSecretApi implements ICredentialType {
	name = 'fetchHiveSigningSecretApi';

	displayName = 'Fetch Hive Signing Secret API';

	icon = {
		light: 'file:../icons/fetchHive.svg',
		dark: 'file:../icons/fetchHive.dark.svg',
	} as const;

	documentationUrl = 'https://docs.fetchhive.com/workflows/async-and-webhooks';

	properties: INodeProperties[] = [
		{
			// n8n says "Connection tested successfully" whatever the test itself says.
			displayName:
				"The test looks at the secret's shape only, because Fetch Hive has no call that checks it. Whether it is the right one shows with the first callback.",
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
				'Still accepted while a secret is being replaced, for runs that started before. Leave empty otherwise.',
		},
	];
}
