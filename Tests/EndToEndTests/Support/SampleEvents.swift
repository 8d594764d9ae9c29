import Foundation

/// Events of a few entities whose histories overlap, as a vendor sends them.
enum SampleEvents {
    /// The `number`th event of a series; its id is unique within `series`.
    static func contact(_ number: Int, series: String, of entities: Int = 50) -> String {
        let entity = number * 7919 % entities
        let time = Date(timeIntervalSince1970: 1_767_225_600 + Double(number) - (number.isMultiple(of: 11) ? 300 : 0))
        let changed = number.isMultiple(of: 3) ? #""title":"Title \#(number)""# : #""email":"c\#(number)@acme.com""#
        let type = number.isMultiple(of: 97) ? "contact.deleted" : "contact.updated"
        return #"{"id":"evt_\#(series)_\#(number)","type":"\#(type)","created_at":"\#(time.formatted(.iso8601))","#
            + #""livemode":true,"data":{"object":{"id":"con_\#(entity)","display_id":\#(entity),"name":"Contact \#(entity)",\#(changed)}}}"#
    }
}
