import Foundation
import PostgresTesting
import Seeding

/// Makes up what the four vendors send and what clients write, in any order, the same for one seed.
struct VendorHistory {
    enum Deed {
        case deliveries([VendorDelivery])
        /// Folds at most so many events.
        case step(limit: Int32)
        case write(method: String, path: String, body: String?)
    }

    private static let kinds: [(system: String, entityType: String)] = [
        ("pivotal", "customer"), ("pivotal", "contact"), ("pivotal", "onboarding"), ("piriod", "customer"),
        ("piriod", "contact"), ("piriod", "orgunit"), ("stuut", "partner"), ("stuut", "partner_contact"),
        ("stuut", "internal_contact"), ("stuut", "internal_contact_assignment"), ("ruddr", "client"),
        ("ruddr", "contact"), ("ruddr", "company"), ("ruddr", "contact_tag"),
    ]

    /// Ids that every vendor has objects of, of every kind.
    private static let shared = (1...2).map { "aaaaaaaa-0000-4000-8000-00000000000\($0)" }

    private var generator: SeededGenerator
    private var number = 0
    private var written: [VendorDelivery] = []
    private var ids: [String: [String]] = collections.mapValues { _ in shared }

    /// What clients may write of a kind of objects.
    private struct Collection {
        /// Where one is made when that is not the collection itself.
        var creationPath: String?
        /// Of a new one; EMAIL and NUMBER are filled in.
        let members: String
        var update = "PATCH"
        /// Of a change; WORD is filled in.
        var change = #""name":"WORD""#
    }

    private static let collections: [String: Collection] = [
        "/api/v1/customers": Collection(members: #""name":"N NUMBER""#),
        "/api/v1/contacts": Collection(
            creationPath: "/api/v1/customers/\(shared[0])/contacts",
            members: #""name":"N","email":"EMAIL","is_primary":true"#
        ),
        "/piriod/customers": Collection(members: #""name":"N","country":"CL""#),
        "/piriod/contacts": Collection(members: #""name":"N","email":"EMAIL""#),
        "/piriod/orgunits": Collection(members: #""name":"N","customer":"\#(shared[0])""#),
        "/stuut/v1/partners": Collection(members: #""name":"N""#, update: "POST"),
        "/stuut/v1/partners/\(shared[0])/contacts": Collection(
            members: #""email":"EMAIL","given_name":"N""#,
            update: "POST",
            change: #""family_name":"WORD""#
        ),
        internalContacts: Collection(
            members: #""email":"EMAIL","internal_role":"csm""#,
            change: #""given_name":"WORD""#
        ),
        "/stuut/v2/partners/\(shared[0])/internal-contacts": Collection(
            members: #""email":"EMAIL","internal_role":"lead""#,
            change: #""internal_role":"co_lead""#
        ),
        "/ruddr/api/workspace/clients": Collection(members: #""name":"N""#),
        "/ruddr/api/workspace/contacts": Collection(members: #""name":"N","email":"EMAIL""#),
        "/ruddr/api/workspace/companies": Collection(members: #""name":"N""#),
        "/ruddr/api/workspace/contact-tags": Collection(members: #""name":"N""#),
    ]
    private static let internalContacts = "/stuut/v2/internal-contacts"

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// Remembers what a write made.
    mutating func note(_ reply: QueryReply, of path: String) {
        let collection = Self.collections.first { $0.value.creationPath == path }?.key ?? path
        let made = collection == Self.internalContacts ? reply.json["internal_contact"] : reply.json
        if let id = made?["id"]?.identifier, ids[collection]?.contains(id) == false { ids[collection]?.append(id) }
    }

    mutating func next() -> Deed {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0...4: .deliveries(deliveries())
        case 5, 6: .step(limit: Int32.random(in: 1...12, using: &generator))
        default: write()
        }
    }

    /// Events of all vendors, some of which were there before, in any order.
    private mutating func deliveries() -> [VendorDelivery] {
        var batch = (0..<Int.random(in: 1...8, using: &generator)).map { _ in delivery() }
        written += batch
        batch += (0..<Int.random(in: 0...2, using: &generator)).compactMap { _ in
            written.randomElement(using: &generator)
        }
        return batch.shuffled(using: &generator)
    }

    private mutating func delivery() -> VendorDelivery {
        number += 1
        let id = "evt_\(number)"
        switch Int.random(in: 0..<20, using: &generator) {
        case 0: return VendorEvent.piriodNotification("contact.updated", pick(Self.shared), id: id)
        case 1: return VendorDelivery(system: "ruddr", id: id, body: #"{"type":"contact.updated","data":["x_1"]}"#)
        case 2:
            return VendorDelivery(system: "stuut", id: id, body: #"{"type":"partner.updated","data":{"name":"no id"}}"#)
        case 3: return VendorDelivery(system: "piriod", id: id, body: "not json \(number)")
        default: return event(id).delivery
        }
    }

    /// An event whose time is anywhere from a minute ago to four minutes ahead; few ids, which all vendors share.
    private mutating func event(_ id: String) -> VendorEvent {
        let kind = Self.kinds.randomElement(using: &generator) ?? ("pivotal", "contact")
        var event = VendorEvent(
            system: kind.system,
            entityType: kind.entityType,
            entityID: pick(Self.shared),
            id: id
        )
        event.action = pick(["created", "updated", "updated", "updated", "deleted"])
        event.livemode = Int.random(in: 0..<6, using: &generator) > 0
        // Whole seconds, so that some are the same.
        let time = Date.now.addingTimeInterval(Double.random(in: -60...240, using: &generator))
        event.occurredAt = time.formatted(Date.ISO8601FormatStyle())
        var members: [String] = []
        for name in ["name", "title", "phone", "given_name", "firstName", "status"] where flip() {
            members.append(#""\#(name)":\#(pick([#""a""#, #""B""#, "null", "7"]))"#)
        }
        for name in ["customer_id", "customer", "partner_id", "orgunit"] where flip() {
            members.append(#""\#(name)":"\#(pick(Self.shared))""#)
        }
        if flip() { members.append(#""email":"\#(pick(["a@x.io", "A@X.io", "b@x.io", "c@x.io"]))""#) }
        if flip() { members.append(#""display_id":\#(Int.random(in: 1...90, using: &generator))"#) }
        event.members = members.joined(separator: ",")
        return event
    }

    /// A write on the surface of any vendor, of an object that the vendor's events are about too.
    private mutating func write() -> Deed {
        let paths = Self.collections.keys.sorted()
        let path = pick(paths)
        let id = pick(ids[path] ?? [])
        let email = pick(["a@x.io", "b@x.io", "c@x.io", "d@x.io"])
        let word = pick(["t", "u"])
        guard let collection = Self.collections[path] else { return .step(limit: 1) }
        switch Int.random(in: 0..<6, using: &generator) {
        case 0...2:
            let members = collection.members.replacing("EMAIL", with: email).replacing("NUMBER", with: "\(number)")
            return .write(method: "POST", path: collection.creationPath ?? path, body: "{\(members)}")
        case 3, 4:
            let change = collection.change.replacing("WORD", with: word)
            return .write(method: collection.update, path: "\(path)/\(id)", body: "{\(change)}")
        default: return .write(method: "DELETE", path: "\(path)/\(id)", body: nil)
        }
    }

    private mutating func flip() -> Bool { Bool.random(using: &generator) }

    private mutating func pick(_ values: [String]) -> String { values.randomElement(using: &generator) ?? "" }
}
