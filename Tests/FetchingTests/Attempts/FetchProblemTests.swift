import Testing

@testable import Fetching

struct FetchProblemTests {
    @Test(arguments: FetchProblem.Code.allCases)
    func everyProblemIsOneSentenceOrTwo(_ code: FetchProblem.Code) {
        let text = FetchProblem(code, status: 418).description
        #expect(text.hasSuffix("."))
        #expect(text.count < 140)
    }

    @Test(arguments: [
        (FetchProblem(.unreachable), true), (FetchProblem(.timeout), true), (FetchProblem(.sealedToken), true),
        (FetchProblem(.unexpectedStatus, status: 301), true), (FetchProblem(.unexpectedStatus, status: 400), true),
        (FetchProblem(.unexpectedStatus, status: 404), true), (FetchProblem(.unexpectedStatus, status: 422), false),
        (FetchProblem(.notTheObject), false),
        (FetchProblem(.notThere, status: 404), false), (FetchProblem(.tooLarge), false),
        (FetchProblem(.notAppended), false),
    ])
    func problemIsOfTheSourceOrOfTheObject(_ problem: FetchProblem, _ isOfTheSource: Bool) {
        #expect(problem.isOfTheSource == isOfTheSource)
    }

    @Test(arguments: [
        (FetchProblem(.serverError, status: 500), true), (FetchProblem(.unauthorized, status: 403), true),
        (FetchProblem(.timeout), true), (FetchProblem(.rateLimited, status: 429), false),
        (FetchProblem(.unreachable), false), (FetchProblem(.sealedToken), false),
    ])
    func problemThatLooksLikeTheSourcesMayBeTheObjects(_ problem: FetchProblem, _ mayBeOfTheObject: Bool) {
        #expect(problem.mayBeOfTheObject == mayBeOfTheObject)
    }
}
