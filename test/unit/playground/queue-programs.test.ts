import { findPrograms } from '../../../playground/queue/programs';
import { folderWith, newFolder, removeFolders } from './folders';

const NAMES = ['initdb', 'pg_dump', 'pg_isready', 'postgres', 'redis-cli', 'redis-server'];
const NO_FOLDER = '/nowhere';

afterAll(removeFolders);

describe('the programs of n8n in queue mode', () => {
	it('are found on the PATH', () => {
		const path = folderWith(newFolder(), 'bin', NAMES);
		const found = findPrograms({ path, debianFolder: NO_FOLDER });
		expect(Object.keys(found)).toEqual(NAMES);
		expect(found.postgres).toBe(`${path}/postgres`);
	});

	it("are taken from Debian's newest PostgreSQL, which is on no PATH", () => {
		const debianFolder = newFolder();
		const older = folderWith(debianFolder, '9/bin', NAMES);
		const newest = folderWith(debianFolder, '15/bin', NAMES);
		expect(findPrograms({ path: older, debianFolder }).initdb).toBe(`${newest}/initdb`);
	});

	it('are named with the command that installs them when they are missing', () => {
		const path = folderWith(newFolder(), 'bin', NAMES.slice(0, 4));
		expect(() => findPrograms({ path, debianFolder: NO_FOLDER })).toThrow(
			/redis-cli, redis-server cannot be found.*sudo apt-get install -y postgresql redis-server$/,
		);
	});
});
