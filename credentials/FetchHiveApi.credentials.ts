import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { checkedApiKey } from '../nodes/shared/api/credential';
import { refuseOtherDestination } from '../nodes/shared/api/keyDestination';

export class FetchHiveApi implements ICredentialType {
	name = 'fetchHiveApi';

	displayName = 'Fetch Hive API';

	icon = {
		light: 'file:../icons/fetchHive.svg',
		dark: 'file:../icons/fetchHive.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/Fetch-Hive/n8n-nodes-fetchhive#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. fhk_...',
			description: 'Workspace API key. Create one in Fetch Hive under Settings > API Keys.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.fetchhive.com/v1',
			description:
				'Address of the API. Change it only for a proxy or an emulator. ECONNREFUSED or ENOTFOUND in the test means that nothing answers there.',
		},
	];

	/**
	 * A function, because n8n evaluates the declarative form as expressions for every request, which costs more than
	 * preparing the request.
	 *
	 * @throws ParameterError when the key cannot be used, or when the request does not go to the credential's base URL.
	 */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		refuseOtherDestination(credentials.baseUrl, requestOptions);
		return {
			...requestOptions,
			headers: {
				...requestOptions.headers,
				Authorization: `Bearer ${checkedApiKey(credentials.apiKey)}`,
			},
			// By default n8n sends the header on to any host that a redirect names.
			sendCredentialsOnCrossOriginRedirect: false,
		};
	}

	/** The list of models is the cheapest call that needs a valid key. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/public/models',
		},
		// Without them n8n shows the bare words of the HTTP status.
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Fetch Hive did not accept the API key. Create one in Fetch Hive under Settings > API Keys.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						"There is no Fetch Hive API at this 'Base URL'. The default is https://api.fetchhive.com/v1.",
				},
			},
		],
	};
}
