// Opens pages in a real browser, light and dark, on a phone and on a desk, with and without styles:
// pages.mjs CHROMIUM FILE.html... Nothing may be loaded, go wrong, or stick out of the screen; all that
// scrolls, opens or leads on is reached with the keyboard; and a screen reader is told what is what. To
// broken copies of a page somebody has to object.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(join(process.env.LOCKSTEP_CHECKERS, 'package.json'));
const { chromium } = require('playwright-core');
const SCREENS = [
    { width: 360, height: 740, colorScheme: 'light' },
    { width: 360, height: 740, colorScheme: 'dark' },
    { width: 1440, height: 900, colorScheme: 'light' },
    { width: 1440, height: 900, colorScheme: 'dark' },
];
let objections = [];

function refuse(place, reason) {
    objections.push(`${place}: ${reason}`);
}

// Runs in the page: what a person would trip over.
function troubles() {
    const found = [];
    const one = (selector) => document.querySelectorAll(selector).length === 1;
    if (document.documentElement.lang !== 'en') found.push('it has no language');
    if (!one('main')) found.push('it has no main part');
    if (document.querySelectorAll('script, iframe, object, link, img').length > 0)
        found.push('it holds what a report does not need');
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    if (new Set(ids).size !== ids.length) found.push('two of its ids are the same');
    for (const link of document.querySelectorAll('a'))
        if (!document.getElementById(link.hash.slice(1))) found.push(`${link.hash} leads nowhere`);
    let level = 0;
    for (const heading of document.querySelectorAll('h1, h2, h3, h4')) {
        const next = Number(heading.tagName[1]);
        if (next > level + 1) found.push(`a heading of level ${next} stands below one of ${level}`);
        level = next;
    }
    for (const cell of document.querySelectorAll('th'))
        if (!cell.scope) found.push('a heading of a table has no scope');
    for (const picture of document.querySelectorAll('svg[role=img]'))
        if (!picture.querySelector('title')) found.push('a picture has no title');
    for (const element of document.querySelectorAll('body *'))
        if (element.scrollWidth > element.clientWidth && getComputedStyle(element).overflowX === 'auto'
            && element.tabIndex !== 0)
            found.push(`${element.tagName} scrolls and cannot be reached with the keyboard`);
    if (document.documentElement.scrollWidth > innerWidth)
        found.push(`it is ${document.documentElement.scrollWidth} wide on a screen of ${innerWidth}`);
    return found;
}

// WCAG 2.1: text against the nearest background behind it.
function faintTexts() {
    const numbers = (color) => color.match(/[\d.]+/g).map(Number);
    const light = (color) => numbers(color).slice(0, 3).map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
    const background = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const color = getComputedStyle(at).backgroundColor;
            if (numbers(color)[3] !== 0) return color;
        }
        return 'rgb(255, 255, 255)';
    };
    const faint = new Set();
    for (const element of document.querySelectorAll('body *:not(svg *)')) {
        if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
        const [one, other] = [light(getComputedStyle(element).color), light(background(element))];
        const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        if (contrast < 4.5) faint.add(`${element.tagName} has a contrast of ${contrast.toFixed(1)}`);
    }
    return [...faint];
}

// Goes through the page with Tab, and opens and closes with Enter and Space what can be opened.
async function useKeyboard(page, place) {
    const focused = () => page.evaluate(() => {
        const element = document.activeElement;
        const isNew = element !== document.body && !element.dataset.visited;
        element.dataset.visited = 'yes';
        return { isNew, opens: element.tagName === 'SUMMARY', open: element.parentElement.open,
            name: element.tagName, isSeen: getComputedStyle(element).outlineStyle !== 'none' };
    });
    for (;;) {
        await page.keyboard.press('Tab');
        const { isNew, opens, isSeen, name } = await focused();
        if (!isNew) break;
        if (!isSeen) refuse(place, `${name} does not show that it has the focus`);
        for (const [key, isOpen] of opens ? [['Enter', true], ['Space', false], ['Enter', true]] : []) {
            await page.keyboard.press(key);
            if ((await focused()).open !== isOpen) refuse(place, `${key} does nothing to a ${name}`);
        }
    }
    const missed = await page.evaluate(() => [...document.querySelectorAll('a, summary, pre, .wide')]
        .filter((element) => !element.dataset.visited).map((element) => element.tagName));
    if (missed.length > 0) refuse(place, `Tab does not reach ${missed.join()}`);
}

// What a screen reader is told.
async function listen(page, place) {
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const told = nodes.filter((node) => !node.ignored)
        .map(({ role, name }) => ({ role: role?.value, name: name?.value ?? '' }));
    const of = (role) => told.filter((node) => node.role === role);
    if (of('main').length !== 1) refuse(place, `${of('main').length} main parts are told`);
    const regions = await page.evaluate(() => [...document.querySelectorAll('[role=region]')]
        .filter((element) => element.checkVisibility()).length);
    if (of('region').length !== regions) refuse(place, `${of('region').length} of ${regions} regions are told`);
    if (of('heading').length === 0) refuse(place, 'no heading is told');
    for (const role of ['RootWebArea', 'heading', 'region', 'image', 'table', 'link'])
        if (of(role).some((node) => node.name.trim() === '')) refuse(place, `a ${role} has no name`);
}

async function open(browser, file, screen) {
    const place = `${file} at ${screen.width} in ${screen.colorScheme}`;
    const page = await browser.newPage({
        viewport: { width: screen.width, height: screen.height },
        colorScheme: screen.colorScheme,
        bypassCSP: true, // or nothing could be asked of the page
    });
    const own = pathToFileURL(file).href;
    page.on('request', (request) => request.url() !== own && refuse(place, `asks for ${request.url()}`));
    page.on('console', (message) => refuse(place, `says ${message.text()}`));
    page.on('pageerror', (error) => refuse(place, error.message));
    page.on('dialog', (dialog) => { refuse(place, 'runs a script'); dialog.dismiss(); });
    await page.goto(own);
    for (const trouble of [...(await page.evaluate(troubles)), ...(await page.evaluate(faintTexts))])
        refuse(place, trouble);
    if (process.env.LOCKSTEP_SCREENSHOTS)
        await page.screenshot({
            path: join(process.env.LOCKSTEP_SCREENSHOTS,
                `${file.replace(/\W+/g, '-')}-${screen.width}-${screen.colorScheme}.png`),
            fullPage: true,
        });
    await listen(page, place);
    await useKeyboard(page, place);
    await page.close();
}

const BREAKS = [
    [' lang="en"', ''],
    ['<main>', '<div>'],
    ['<h1>', '<h4>'],
    ['scope="col"', ''],
    ['href="#finding-1"', 'href="#finding-0"'],
    ['<title id=', '<desc id='],
    [' tabindex="0"', ''],
    ['aria-label="The locks as a picture"', ''],
    ['--text: #1f2328', '--text: #cccccc'],
    ['.wide { overflow-x: auto;', '.wide {'],
    ['a { color: inherit; }', 'a, summary { color: inherit; outline: none; }'],
    ['</main>', '<img src="https://example.org/a.png"></main>'],
    ['</main>', '<script>console.log("a")</script></main>'],
    ['<summary>', '<summary tabindex="-1">'],
];

async function openBroken(browser, files) {
    const right = files.map((file) => readFileSync(file, 'utf8'))
        .find((text) => BREAKS.every(([from]) => text.includes(from)));
    if (!right) return ['no page holds all that can be broken'];
    const directory = mkdtempSync(join(tmpdir(), 'lockstep-pages-'));
    const unseen = [];
    for (const [from, to] of BREAKS) {
        const broken = join(directory, 'broken.html');
        writeFileSync(broken, right.replace(from, to));
        objections = [];
        await open(browser, broken, SCREENS[0]);
        if (objections.length === 0) unseen.push(`nobody objects to "${to}" for "${from}"`);
    }
    rmSync(directory, { recursive: true });
    return unseen;
}

const [executablePath, ...files] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const unseen = await openBroken(browser, files);
objections = [];
for (const file of files) for (const screen of SCREENS) await open(browser, file, screen);
await browser.close();
for (const objection of [...objections, ...unseen]) console.error(objection);
console.log(`${files.length * SCREENS.length} views of ${files.length} pages`);
process.exit(objections.length + unseen.length > 0 ? 1 : 0);
