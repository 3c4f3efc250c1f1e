// Opens pages in a real browser, light and dark, on a phone and on a desk, with and without styles:
// pages.mjs CHROMIUM FILE.html... Nothing may be loaded, go wrong, or stick out of the screen, and
// what scrolls can be reached with the keyboard.
import { createRequire } from 'node:module';
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
let failed = 0;

function refuse(place, reason) {
    console.error(`${place}: ${reason}`);
    failed++;
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
    await page.close();
}

const [executablePath, ...files] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
for (const file of files) for (const screen of SCREENS) await open(browser, file, screen);
await browser.close();
console.log(`${files.length * SCREENS.length} views of ${files.length} pages`);
process.exit(failed ? 1 : 0);
