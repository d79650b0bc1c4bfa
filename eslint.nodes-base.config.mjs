import parser from '@typescript-eslint/parser';
import nodesBase from 'eslint-plugin-n8n-nodes-base';

/** Off in n8n's own configuration and scanner too: they contradict its newer rules. */
const CONTRADICTED = {
	'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
	'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
	'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
	'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
};

/** The plugin's configurations are in ESLint's older form: only their rules fit here. */
function rulesFor(files, preset) {
	return {
		files,
		languageOptions: { parser, parserOptions: { extraFileExtensions: ['.json'] } },
		plugins: { 'n8n-nodes-base': nodesBase },
		rules: { ...nodesBase.configs[preset].rules, ...CONTRADICTED },
	};
}

export default [
	rulesFor(['package.json'], 'community'),
	rulesFor(['credentials/**/*.ts'], 'credentials'),
	rulesFor(['nodes/**/*.ts'], 'nodes'),
];
