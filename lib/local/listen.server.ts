import 'server-only'
import type { Server } from 'node:http'

/** Listens, and answers the port (0 asks for any free one). Rejects with Node's own error, such as EADDRINUSE. */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

/** Stops listening and ends every connection. Upgraded sockets are not HTTP's any more: end those first. */
export async function stopListening(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}
