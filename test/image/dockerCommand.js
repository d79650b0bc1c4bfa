const USER_FOLDER = '/home/node';

/**
 * Calls n8n in its own image. The container shares this machine's network, where the emulator listens on the loopback
 * address, and this user's ID, to whom the mounted folder belongs.
 *
 * @param {string} version of n8n, which is the image's tag
 * @param {string} mounted folder of this machine that becomes the user folder
 * @returns {{ image: string, userFolder: string, file: string, args: string[], env: NodeJS.ProcessEnv }} n8n's own
 *   arguments come after `args`
 */
function dockerCommand(version, mounted) {
	const image = `docker.io/n8nio/n8n:${version}`;
	const settings = {
		N8N_USER_FOLDER: USER_FOLDER,
		N8N_DIAGNOSTICS_ENABLED: 'false',
		// A folder of another machine's user: n8n would refuse its settings file's permissions.
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
		// From n8n 3 on, a package that n8n has not verified is loaded only then.
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	};
	const env = Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
	const user = process.getuid?.() ?? 0;
	const group = process.getgid?.() ?? 0;
	return {
		image,
		userFolder: USER_FOLDER,
		file: 'docker',
		args: [
			'run',
			'--rm',
			'--network=host',
			`--user=${user}:${group}`,
			`--volume=${mounted}:${USER_FOLDER}`,
			...env,
			image,
		],
		env: process.env,
	};
}

module.exports = { dockerCommand };
