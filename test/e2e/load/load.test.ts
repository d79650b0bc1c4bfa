import { startSuiteAlone } from '../rest/suite';
import { testFuzzedWebhooks } from './fuzz';
import { testManyCallbacks, testManySleepers } from './soak';

// With n8n's default engine a refused call costs a sandbox: ten times as long, and nothing more is seen.
const suite = startSuiteAlone('load', () => ({
	N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
	N8N_LOG_LEVEL: 'warn',
	N8N_PAYLOAD_SIZE_MAX: '1',
	EXECUTIONS_DATA_PRUNE: 'false',
}));

testFuzzedWebhooks(suite);
testManyCallbacks(suite);
testManySleepers(suite);
