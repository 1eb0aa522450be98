/** The part of the Web Bluetooth API that is used here; `navigator.bluetooth` is one. */
export interface Radio {
  requestDevice(options: { filters: Array<{ services: number[]; name?: string }>; optionalServices: number[] }): Promise<RadioDevice>
  getAvailability(): Promise<boolean>
}
export interface RadioDevice extends EventTarget {
  readonly name?: string | null | undefined
  readonly gatt?: RadioServer | undefined
}
export interface RadioServer {
  connect(): Promise<RadioServer>
  disconnect(): void
  getPrimaryService(service: number): Promise<RadioService>
}
export interface RadioService {
  getCharacteristic(characteristic: number): Promise<RadioCharacteristic>
}
export interface RadioCharacteristic extends EventTarget {
  readonly properties: { readonly notify: boolean }
  readonly value?: DataView | undefined
  readValue(): Promise<DataView>
  startNotifications(): Promise<unknown>
}
