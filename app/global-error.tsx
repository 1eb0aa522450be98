'use client'
import '@fontsource-variable/inter/opsz.css'
import './globals.css'
import { words } from '@/components/strings'
import { Button } from '@/components/ui-button'

/** When even the layout failed. */
const GlobalError = ({ reset }: { error: Error; reset: () => void }) => (
  <html lang="en">
    <body>
      <main className="mx-auto max-w-2xl px-5 py-16">
        <h1 className="type-title">{words.trouble.failedTitle}</h1>
        <p className="mt-3 mb-6 text-lead text-soft">{words.trouble.failedText}</p>
        <Button onClick={reset}>{words.trouble.again}</Button>
      </main>
    </body>
  </html>
)

export default GlobalError
