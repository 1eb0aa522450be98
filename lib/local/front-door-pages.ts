const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

function page(title: string, body: string, head = ''): string {
  const style = 'body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.25rem;color-scheme:light dark}a{word-break:break-all}'
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">${head}<title>${escape(title)}</title><style>${style}</style></head><body><main><h1>${escape(title)}</h1>${body}</main></body></html>`
}

/** For a person who typed http://, where browsers offer no camera, no microphone and no Bluetooth. */
export const openSecurely = (address: string, selfMade: boolean): string =>
  page(
    'Open the secure address',
    `<p>Over plain http a browser offers no camera, no microphone and no heart rate strap. Open this instead:</p><p><a href="${escape(address)}">${escape(address)}</a></p>${
      selfMade
        ? '<p>Your browser will warn that it does not know this certificate: it was made on your trainer’s own computer. Choose “Advanced” or “Show details”, then go on to the page.</p>'
        : ''
    }`,
  )

/** For the seconds in which the application behind the door starts again. It looks for itself. */
export const startingAgain = (): string =>
  page(
    'Pulseroom is starting again',
    '<p>This page tries again by itself in a moment. A class that is going on continues; nothing that was measured is lost.</p>',
    '<meta http-equiv="refresh" content="2">',
  )
