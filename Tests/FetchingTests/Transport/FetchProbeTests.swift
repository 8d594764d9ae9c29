import EventLog
import Testing

@testable import Connectors
@testable import Fetching

struct FetchProbeTests {
    private let settings = FetchSourceSettings(baseURL: "https://api.example/p", workspace: "acc_1", testMode: true)

    private func problem(_ answer: Result<FetchResponse, FetchProblem>) async -> String? {
        let vendor = FakeVendor()
        vendor.answerOtherwise(answer)
        let problem = await FetchProbe.problem(with: settings, token: "t", at: PiriodAPI(), over: vendor)
        #expect(vendor.requests.map(\.url) == ["https://api.example/p/customers/?page_size=1"])
        #expect(vendor.requests.first?.headers.contains { $0.value == "Token t" } == true)
        return problem
    }

    @Test func apiThatAnswersIsNoProblem() async {
        #expect(await problem(.success(FetchResponse(status: 200))) == nil)
    }

    @Test(arguments: [400, 401, 403, 404, 301, 500, 204])
    func anyOtherAnswerIsOne(_ status: Int) async {
        #expect(await problem(.success(FetchResponse(status: status)))?.contains("status \(status)") == true)
    }

    @Test(arguments: [FetchProblem.Code.unreachable, .timeout, .tooLarge])
    func noAnswerIsOne(_ code: FetchProblem.Code) async {
        #expect(await problem(.failure(FetchProblem(code)))?.hasSuffix(".") == true)
    }
}
