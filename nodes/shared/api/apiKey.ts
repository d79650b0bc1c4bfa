import { ParameterError } from '../values/parameterError';

/** A shorter one would be found, and masked, by chance in texts that hold no secret at all. */
const MIN_CHARACTERS = 8;
const AROUND_KEY = /^(?:[\s"'`]|bearer\s)+|[\s"'`]+$/gi;
const PRINTABLE = /^[\x21-\x7e]+$/;

/** An API key as it is sent, masked and used to seal: without spaces, quotes and `Bearer ` around it; '' when there is none. */
export function cleanedApiKey(value: unknown): string {
	return typeof value === 'string' ? value.replace(AROUND_KEY, '') : '';
}

/**
 * The API key of a credential, cleaned.
 *
 * @throws ParameterError when it is blank, too short, or holds what no key has. It never quotes the key.
 */
export function checkedApiKey(value: unknown): string {
	const apiKey = cleanedApiKey(value);
	if (apiKey === '') throw refusal('is blank', 'Create a key');
	if (!PRINTABLE.test(apiKey)) {
		throw refusal(
			'holds a space, an invisible character or a letter that no key has',
			'Copy the key anew',
		);
	}
	if (apiKey.length < MIN_CHARACTERS) {
		throw refusal(`is shorter than ${MIN_CHARACTERS} characters`, 'Copy the whole key');
	}
	return apiKey;
}

function refusal(fault: string, fix: string): ParameterError {
	return new ParameterError(
		`The 'API Key' of the Fetch Hive API credential ${fault}`,
		`${fix} in Fetch Hive under Settings > API Keys and enter it in the credential.`,
	);
}
