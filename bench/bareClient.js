/** Sends the bodies it gets on its standard input, so many at once, with Node's own HTTP client (undici), and says how long that took. */

/**
 * @typedef {object} Orders
 * @property {string} url
 * @property {string} apiKey
 * @property {number} atOnce
 * @property {unknown[]} bodies
 */

/** @param {Orders} orders */
async function send({ url, apiKey, atOnce, bodies }) {
	const headers = { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' };
	let next = 0;
	const work = async () => {
		while (next < bodies.length) {
			const body = JSON.stringify(bodies[next++]);
			const response = await fetch(url, { method: 'POST', headers, body });
			await response.json();
		}
	};
	await Promise.all(Array.from({ length: atOnce }, work));
}

async function main() {
	const chunks = [];
	for await (const chunk of process.stdin) chunks.push(chunk);
	const orders = JSON.parse(Buffer.concat(chunks).toString());
	const start = performance.now();
	await send(orders);
	process.stdout.write(String(performance.now() - start));
}

main();
