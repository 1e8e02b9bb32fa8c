"""Errors as RFC 9457 problem documents."""

from pydantic import Field

from app.schemas.shape import Shape


class FieldProblem(Shape):
    """What is wrong with one parameter (参数错误)."""

    field: str = Field(description="Name of the parameter (参数：有误的参数名).", examples=["theme"])
    detail: str = Field(
        description="What is wrong with it, and the way out (说明：何处有误，如何改正).",
        examples=["theme: 'funds' is unknown; did you mean funding?"],
    )
    nearest: list[str] = Field(
        description="The most similar names or values that are known "
        "(相近值：已知的最相近的名称或值，最接近者在前), the best first.",
        examples=[["automotive"]],
    )


class Problem(Shape):
    """A problem document (错误说明), RFC 9457."""

    type: str = Field(
        description="What kind of problem it is (类型：错误的类型).", examples=["urn:jianyan:problem:invalid"]
    )
    title: str = Field(
        description="The kind in words (标题：错误类型的说明，同一类型相同), the same for every problem of "
        "the type.",
        examples=["A parameter is unknown or malformed"],
    )
    status: int = Field(description="HTTP status code (状态码：HTTP 状态码).", examples=[422])
    detail: str = Field(
        description="What happened this time, and the way out (说明：何处有误，如何改正).",
        examples=["theme: 'funds' is unknown; did you mean funding?"],
    )
    instance: str = Field(
        description="The path that was asked for (请求路径：所请求的路径).", examples=["/api/v1/proposals"]
    )
    errors: list[FieldProblem] = Field(
        description="The parameters that are wrong (有误的参数：有误的参数，状态码不是 422 时为空); empty "
        "for all but status 422."
    )
