import chromium from '@sparticuz/chromium';

/** Unpacks the packaged Chromium into the temporary folder that the thread's environment names (browser.ts). */
await chromium.executablePath();
