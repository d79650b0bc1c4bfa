/** Makes room for one more entry in a map that is to hold so many at most: the one that was set first goes. */
export function makeRoom<K>(map: Map<K, unknown>, most: number): void {
	if (map.size < most) return;
	const [oldest] = map.keys();
	map.delete(oldest);
}
