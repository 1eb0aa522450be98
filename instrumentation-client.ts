import { config } from 'zod'

// Our pages forbid eval. zod probes for it to compile its parsers, and the probe alone is a violation.
config({ jitless: true })
