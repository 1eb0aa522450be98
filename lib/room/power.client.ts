/** How this machine is fed. https://w3c.github.io/battery; Chromium only. */
export type Power = { readonly level: number; readonly charging: boolean }
type WithBattery = { readonly getBattery?: () => Promise<Power> }

/** Null where the browser does not say. */
export async function readPower(browser: WithBattery = navigator as WithBattery): Promise<Power | null> {
  const battery = await browser.getBattery?.().catch(() => undefined)
  return battery ? { level: battery.level, charging: battery.charging } : null
}
