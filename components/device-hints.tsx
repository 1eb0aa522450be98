'use client'
import { useDevice, usePageAddress } from './browser-facts'
import { chromeIntent } from './device'
import { words } from './strings'
import { buttonLook } from './ui-button'
import { Notice } from './ui-notice'

const say = words.classLink.device

/** What this browser cannot do, with the way on; nothing where all works. */
export const DeviceHints = () => {
  const device = useDevice()
  const address = usePageAddress()
  if (!device || device.strap === 'insecure') return null
  const openChrome = (
    <a className={buttonLook({ variant: 'secondary' })} href={address && chromeIntent(address)}>
      {say.openChrome}
    </a>
  )
  if (device.inApp === 'android') return <Notice tone="warning" actions={openChrome}>{say.inAppAndroid}</Notice>
  if (device.inApp === 'iphone') return <Notice tone="warning">{say.inAppIphone}</Notice>
  if (device.strap === 'iphone') return <Notice title={say.iphoneTitle}>{say.iphone}</Notice>
  if (device.strap === 'other_browser') {
    return (
      <Notice title={say.noBluetoothTitle} actions={device.android ? openChrome : undefined}>
        {say.noBluetooth}
      </Notice>
    )
  }
  return null
}
