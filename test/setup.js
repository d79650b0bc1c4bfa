const { tmpdir } = require('node:os');
const { join } = require('node:path');

// n8n-core reads these when it is first imported; without them it writes to ~/.n8n.
process.env.N8N_USER_FOLDER = join(tmpdir(), 'n8n-nodes-fetchhive-tests');
process.env.N8N_ENCRYPTION_KEY = 'a key for tests only';
process.env.N8N_DIAGNOSTICS_ENABLED = 'false';
process.env.N8N_LOG_LEVEL = 'silent';
