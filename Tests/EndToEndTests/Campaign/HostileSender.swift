import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Deliveries that must not get in, and signed ones that are as odd as a sender may make them.
struct HostileSender: Sendable {
    let work: CampaignWork

    /// Sends one after the other until the load ends.
    func run(_ lane: Int) async {
        var number = 0
        while !work.load.isFinished {
            number += 1
            await forge(number)
            let odd = Self.oddBodies[number % Self.oddBodies.count]
            let status = try? await work.sender.deliver(odd, deliveryID: "odd_\(lane)_\(number)").status
            await work.tally.answered("odd", status)
            if number.isMultiple(of: 10) {
                let size = [90_000, 400_000, 900_000, 1_100_000].randomElement() ?? 0
                let member = #""m\#(lane)_\#(number)":"\#(String(repeating: "x", count: size))""#
                let large = #"{"type":"contact.updated","data":{"object":{"id":"con_large",\#(member)}}}"#
                let status = try? await work.sender.deliver(large, deliveryID: "large_\(lane)_\(number)").status
                await work.tally.answered("large", status)
            }
        }
    }

    /// Reads lists until the load ends.
    func read() async {
        while !work.load.isFinished {
            for list in ["/api/v1/customers", "/v1/contacts?limit=5", "/v1/events?after=0&limit=5"] {
                var request = HTTPClientRequest(url: work.hooklog.url + list)
                request.headers.add(name: "Authorization", value: "Bearer \(work.workspace.key)")
                await work.tally.answered("read", try? await status(of: request))
            }
        }
    }

    /// A delivery without a signature, with another secret's, or with one for another body.
    private func forge(_ number: Int) async {
        var request = HTTPClientRequest(url: work.hooklog.url + work.workspace.path)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        switch number % 3 {
        case 0: break
        case 1:
            request.headers.add(name: "svix-id", value: "forged_\(number)")
            request.headers.add(name: "svix-timestamp", value: "\(Int(Date.now.timeIntervalSince1970))")
            let guess = Data((0..<32).map { _ in .random(in: 0...255) }).base64EncodedString()
            request.headers.add(name: "svix-signature", value: "v1,\(guess)")
        default:
            guard let headers = try? work.sender.headers(of: "{}", deliveryID: "forged_\(number)") else { return }
            for field in headers { request.headers.add(name: field.name, value: field.value) }
        }
        let body = #"{"id":"forged_\#(number)","type":"contact.updated","data":{"object":{"id":"con_1"}}}"#
        request.body = .bytes(ByteBuffer(string: body))
        await work.tally.answered("forged", try? await status(of: request))
    }

    private func status(of request: HTTPClientRequest) async throws -> Int {
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        _ = try await response.body.collect(upTo: 1 << 22)
        return Int(response.status.code)
    }

    /// Bodies that are not JSON, or that jsonb does not hold as they are.
    private static let oddBodies: [String] = [
        "", "not json", #"{"id":"#, "[]", "null", #"{"id":{"a":1},"type":7,"data":{"object":[]}}"#,
        #"{"type":"contact.updated","data":{"object":{"id":"con_odd","name":"a\u0000b\ud800"}}}"#,
        #"{"type":"contact.updated","data":{"object":{"id":"con_odd","n":1e400,"m":-1e-400}}}"#,
        #"{"type":"contact.updated","created_at":"infinity","data":{"object":{"id":"con_odd","id":"con_odd2"}}}"#,
        #"{"type":"contact.updated","data":{"object":{"id":"con_odd","deep":"#
            + String(repeating: "[", count: 200) + String(repeating: "]", count: 200) + "}}}",
        String(repeating: "[", count: 20_000),
    ]
}
