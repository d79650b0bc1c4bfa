import { ownerOf, passwordFile } from '../../../playground/owner';
import { openTemporaryFolder } from '../../../playground/userFolder';
import { permissionsOf, sourceFiles, writeFileSync } from './files';

const folders: Array<Awaited<ReturnType<typeof openTemporaryFolder>>> = [];
afterAll(async () => await Promise.all(folders.map(async ({ close }) => await close(false))));

async function newFolder() {
	const folder = await openTemporaryFolder({ say: () => {} });
	folders.push(folder);
	return folder.path;
}

const passwordOf = async (folder: string) => (await ownerOf(folder)).password;

it('gives every user folder a password of its own', async () => {
	const folders = await Promise.all(Array.from({ length: 20 }, newFolder));
	const passwords = await Promise.all(folders.map(passwordOf));
	expect(new Set(passwords).size).toBe(20);
});

it('gives the same user folder the same password again', async () => {
	const folder = await newFolder();
	const password = await passwordOf(folder);
	expect(await passwordOf(folder)).toBe(password);
});

it('takes the password that the folder holds, without the line break of an editor', async () => {
	const folder = await newFolder();
	writeFileSync(passwordFile(folder), 'Chosen by hand 1\r\n');
	expect(await passwordOf(folder)).toBe('Chosen by hand 1');
});

it('keeps the password where only its user can read it', async () => {
	const folder = await newFolder();
	await ownerOf(folder);
	expect(permissionsOf(passwordFile(folder))).toBe(0o600);
});

it("fits n8n's policy, and cannot be guessed", async () => {
	const password = await passwordOf(await newFolder());
	expect(password).toMatch(/[A-Z]/);
	expect(password).toMatch(/\d/);
	expect(password.length).toBeLessThanOrEqual(64);
	const hexadecimalDigits = password.length - 'N8n'.length;
	expect(hexadecimalDigits * 4).toBeGreaterThanOrEqual(128);
});

it('stands in no source file', () => {
	const files = sourceFiles();
	expect(files.map(({ path }) => path)).toContain('playground/owner.js');
	const holding = files.filter(({ text }) => /password["']?\s*[:=]\s*["'`]/i.test(text));
	expect(holding.map(({ path }) => path)).toEqual([]);
});
