import type { BrowserContext } from '@playwright/test'

/** A camera's picture without a person in front of it: someone drawn, who trains. One wall colour and one shirt a person. */
export type Painted = { wall: string; floor: string; shirt: string; skin: string; hair: string; beatMs: number }

/** In the page: answers a request for a camera with a drawn one; everything behind it (consent, WebRTC, decoding) is the product's own. */
function paintCamera(look: Painted): void {
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (!devices) return
  const capture = devices.getUserMedia.bind(devices)
  devices.getUserMedia = async (constraints) => {
    if (!constraints?.video) return capture(constraints)
    const canvas = document.createElement('canvas')
    canvas.width = 640
    canvas.height = 360
    const pen = canvas.getContext('2d')
    const draw = (): void => {
      if (!pen) return
      // A squat: 0 upright, 1 at the bottom.
      const depth = (1 - Math.cos((performance.now() / look.beatMs) * Math.PI)) / 2
      pen.fillStyle = look.wall
      pen.fillRect(0, 0, 640, 270)
      pen.fillStyle = look.floor
      pen.fillRect(0, 270, 640, 90)
      pen.fillStyle = 'rgb(255 255 255 / 16%)'
      pen.fillRect(470, 40, 110, 140)
      pen.fillStyle = 'rgb(0 0 0 / 22%)'
      pen.beginPath()
      pen.ellipse(320, 322, 130, 16, 0, 0, 7)
      pen.fill()
      const hip = 205 + depth * 55
      const shoulder = hip - 85
      pen.lineCap = 'round'
      pen.lineJoin = 'round'
      const limb = (colour: string, width: number, ...points: number[]): void => {
        pen.strokeStyle = colour
        pen.lineWidth = width
        pen.beginPath()
        for (let i = 0; i < points.length; i += 2) pen.lineTo(points[i] ?? 0, points[i + 1] ?? 0)
        pen.stroke()
      }
      for (const side of [-1, 1]) {
        limb('#22272f', 27, 320 + side * 16, hip, 320 + side * (34 + depth * 34), (hip + 316) / 2, 320 + side * 36, 316)
        limb(look.skin, 19, 320 + side * 34, shoulder + 8, 320 + side * (58 - depth * 20), shoulder + 44 - depth * 30, 320 + side * (46 - depth * 26), shoulder + 82 - depth * 70)
      }
      limb(look.shirt, 58, 320, shoulder + 20, 320, hip - 6)
      limb(look.skin, 18, 320, shoulder, 320, shoulder - 18)
      pen.fillStyle = look.hair
      pen.beginPath()
      pen.arc(320, shoulder - 44, 31, 0, 7)
      pen.fill()
      pen.fillStyle = look.skin
      pen.beginPath()
      pen.ellipse(320, shoulder - 38, 24, 27, 0, 0, 7)
      pen.fill()
    }
    draw()
    setInterval(draw, 66)
    const stream = canvas.captureStream(15)
    // As a laptop names its own.
    for (const track of stream.getVideoTracks()) Object.defineProperty(track, 'label', { value: 'Built-in camera' })
    if (constraints.audio) for (const track of (await capture({ audio: constraints.audio })).getAudioTracks()) stream.addTrack(track)
    return stream
  }
}

export const withPaintedCamera = (context: BrowserContext, look: Painted): Promise<unknown> => context.addInitScript(paintCamera, look)
