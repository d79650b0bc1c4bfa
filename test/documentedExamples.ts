/** The bodies of the curl examples in Fetch Hive's documentation, byte for byte. */
export const DIRECT_REQUEST = `{
    "deployment": "YOUR_DEPLOYMENT_NAME",
    "variant": "YOUR_VARIANT_NAME",
    "inputs": {
      "topic": "State of enterprise AI in 2026"
    },
    "metadata": {
      "customer_id": "cus_123",
      "plan": "enterprise"
    }
  }`;

export const OLDER_DIRECT_REQUEST = `{
    "deployment": "YOUR_DEPLOYMENT_NAME",
    "variant": "YOUR_VARIANT_NAME",
    "inputs": {
      "topic": "State of enterprise AI in 2026"
    }
  }`;

export const CALLBACK_DELIVERY_REQUEST = `{
    "deployment": "YOUR_DEPLOYMENT_NAME",
    "variant": "YOUR_VARIANT_NAME",
    "async": {
      "enabled": true,
      "callback_url": "https://example.com/callback"
    },
    "inputs": {
      "topic": "State of enterprise AI in 2026"
    }
  }`;

export const DOCUMENTED_OUTPUT =
	'State of enterprise AI in 2026: enterprises are moving from experimentation to operational systems with stricter evaluation, governance, and tooling requirements.';

export const VALID_METADATA = {
	customer_id: 'cus_123',
	plan: 'enterprise',
	trial: false,
	invoice_count: 12,
	region: null,
};

export const INVALID_METADATA = {
	customer: { id: 'cus_123' },
	tags: ['enterprise'],
};

/** The bytes of a documented request without the white space of its page. */
export function onTheWire(json: string): string {
	return JSON.stringify(JSON.parse(json));
}
