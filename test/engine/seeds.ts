/** The requests of Fetch Hive's own pages on the invoke call, as their curl examples send them. */
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

export const CALLBACK_REQUEST = `{
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

/** The metadata that the pages call valid. */
export const VALID_METADATA = `{
    "customer_id": "cus_123",
    "plan": "enterprise",
    "trial": false,
    "invoice_count": 12,
    "region": null
  }`;

/** The bytes of a documented request without the white space of its page. */
export function onTheWire(json: string): string {
	return JSON.stringify(JSON.parse(json));
}
